using System.Globalization;

namespace MaritimeWatch.Log;

/// <summary>
/// A stage's state was written in a format that this build no longer reads. It is not damaged, and the inbox still has all
/// that it was made of: <see cref="StateRefold"/> makes it anew.
/// </summary>
public sealed class OlderFormatException : Exception
{
    /// <summary>Says which state it is.</summary>
    /// <param name="what">The state, for example <c>the state of ports</c>.</param>
    /// <param name="found">Its format.</param>
    /// <param name="now">The format that this build reads and writes.</param>
    public OlderFormatException(string what, long found, long now)
        : base(string.Create(CultureInfo.InvariantCulture, $"{what} has format {found}, this build reads {now}")) =>
        Found = found;

    /// <summary>The format that was found.</summary>
    public long Found { get; }

    /// <summary>Tells an older format from a newer one.</summary>
    /// <param name="what">The state, for example <c>the state of ports</c>.</param>
    /// <param name="found">Its format, from 1.</param>
    /// <param name="now">The format that this build reads and writes.</param>
    /// <exception cref="OlderFormatException">It is older.</exception>
    /// <exception cref="InvalidDataException">It is newer, or none.</exception>
    public static void Check(string what, long found, long now)
    {
        if (found >= 1 && found < now)
        {
            throw new OlderFormatException(what, found, now);
        }

        if (found != now)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"{what} is from a newer version (format {found}; this build knows up to {now})"));
        }
    }
}
