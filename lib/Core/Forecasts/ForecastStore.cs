using System.Globalization;
using System.Runtime.CompilerServices;
using MaritimeWatch.Log;

namespace MaritimeWatch.Forecasts;

/// <summary>
/// Forecasts as they were issued: <c>forecasts/{port}/{issued-at}</c>, written once and never changed, so that what was
/// said can be held against what came.
/// </summary>
/// <param name="blobs">The store.</param>
public sealed class ForecastStore(IBlobStore blobs)
{
    private const string Folder = "forecasts/";
    private const string TimeFormat = "yyyyMMdd't'HHmmss'z'";

    /// <summary>Keeps a forecast; false where one of this port and time is there already.</summary>
    /// <param name="forecast">The forecast.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public async Task<bool> AddAsync(PortForecast forecast, CancellationToken cancel = default) =>
        (await blobs.PutAsync(NameOf(forecast.Port, forecast.IssuedAt), ForecastText.ToBytes(forecast), PutCondition.IfAbsent, cancel)).Written;

    /// <summary>True where a forecast of this port was issued at exactly this time.</summary>
    /// <param name="port">UN/LOCODE.</param>
    /// <param name="issuedAt">When.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public async Task<bool> HasAsync(string port, DateTimeOffset issuedAt, CancellationToken cancel = default)
    {
        await foreach (var blob in blobs.ListAsync(NameOf(port, issuedAt), cancel))
        {
            return blob.Name == NameOf(port, issuedAt);
        }

        return false;
    }

    /// <summary>When forecasts of a port were issued, ascending.</summary>
    /// <param name="port">UN/LOCODE.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public async Task<IReadOnlyList<DateTimeOffset>> IssuedAsync(string port, CancellationToken cancel = default)
    {
        var issued = new List<DateTimeOffset>();
        await foreach (var blob in blobs.ListAsync(PrefixOf(port), cancel))
        {
            if (DateTimeOffset.TryParseExact(
                blob.Name.AsSpan(PrefixOf(port).Length), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                issued.Add(at);
            }
        }

        return issued;
    }

    /// <summary>Ports of which there are forecasts, in ordinal order.</summary>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public async Task<IReadOnlyList<string>> PortsAsync(CancellationToken cancel = default)
    {
        var ports = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var blob in blobs.ListAsync(Folder, cancel))
        {
            ports.Add(blob.Name.Split('/')[1].ToUpperInvariant());
        }

        return [.. ports];
    }

    /// <summary>The forecast of a port that was issued at a time, or null.</summary>
    /// <param name="port">UN/LOCODE.</param>
    /// <param name="issuedAt">Exactly when.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public async Task<PortForecast?> GetAsync(string port, DateTimeOffset issuedAt, CancellationToken cancel = default) =>
        await blobs.GetAsync(NameOf(port, issuedAt), cancel) is { } blob ? ForecastText.Read(blob.Bytes.Span) : null;

    /// <summary>The last forecast of a port that was issued at or before a time, or null.</summary>
    /// <param name="port">UN/LOCODE.</param>
    /// <param name="at">The time.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<PortForecast?> LatestAsync(string port, DateTimeOffset at, CancellationToken cancel = default)
    {
        var issued = await IssuedAsync(port, cancel);
        return issued.LastOrDefault(time => time <= at) is { Year: > 1 } last ? await GetAsync(port, last, cancel) : null;
    }

    /// <summary>The last forecasts of a port that were issued before a time, oldest first.</summary>
    /// <param name="port">UN/LOCODE.</param>
    /// <param name="before">The time.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="cancel">Stops.</param>
    public async IAsyncEnumerable<PortForecast> BeforeAsync(
        string port, DateTimeOffset before, int max, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var at in (await IssuedAsync(port, cancel)).Where(time => time < before).TakeLast(max))
        {
            if (await GetAsync(port, at, cancel) is { } forecast)
            {
                yield return forecast;
            }
        }
    }

    private static string PrefixOf(string port) => $"{Folder}{BlobName.Segment(port)}/";

    private static string NameOf(string port, DateTimeOffset issuedAt) =>
        PrefixOf(port) + issuedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
}
