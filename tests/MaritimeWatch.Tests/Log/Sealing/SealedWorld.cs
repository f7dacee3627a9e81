using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Tests.Log.Sealing;

/// <summary>A store in memory with keys whose random bytes come from a counter, so that a run can be repeated.</summary>
internal sealed class SealedWorld
{
    private int drawn;

    public SealedWorld(EpochCalendar? calendar = null)
    {
        Vault = new LocalVault(SHA256.HashData("a vault key of a test"u8), Draw);
        Keys = new KeyRing(Store, Vault, Draw, calendar);
        Landing = new SealedLanding(Store, Keys);
    }

    public MemoryStore Store { get; } = new();

    public LocalVault Vault { get; }

    public KeyRing Keys { get; }

    public SealedLanding Landing { get; }

    public byte[] Draw(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count; at += 32)
        {
            SHA256.HashData(BitConverter.GetBytes(drawn++)).AsSpan(0, Math.Min(32, count - at)).CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }

    /// <summary>Names of the blobs in which some text lies in clear, as UTF-8, base64 of it at any offset, or in the name.</summary>
    public async Task<List<string>> BlobsWithAsync(params string[] texts)
    {
        List<string> found = [];
        await foreach (var entry in Store.ListAsync("", default))
        {
            var bytes = (await Store.GetAsync(entry.Name, default))!.Value.Bytes;
            var text = Encoding.Latin1.GetString(bytes.Span);
            if (texts.Any(wanted => text.Contains(wanted, StringComparison.OrdinalIgnoreCase)
                || entry.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)
                || Base64Cores(wanted).Any(core => text.Contains(core, StringComparison.Ordinal))))
            {
                found.Add(entry.Name);
            }
        }

        return found;
    }

    private static IEnumerable<string> Base64Cores(string text) =>
        from shift in Enumerable.Range(0, 3)
        let encoded = Convert.ToBase64String([.. new byte[shift], .. Encoding.UTF8.GetBytes(text)]).TrimEnd('=')
        select encoded[(shift == 0 ? 0 : shift + 1)..^1];
}
