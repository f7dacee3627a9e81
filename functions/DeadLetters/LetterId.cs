using System.Globalization;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Letters;

/// <summary>
/// Names a dead letter within its queue: the day on which it died and a name, <c>2026-11-22.6f0c…</c>. The same whichever of
/// its two places it lies in: <c>dead/{queue}/{day}/{name}</c>, or a poison blob of an embedded queue.
/// </summary>
/// <param name="Day">The day on which it died, UTC.</param>
/// <param name="Name">One segment of a blob name.</param>
public readonly record struct LetterId(DateOnly Day, string Name)
{
    /// <summary>Where letters are kept.</summary>
    public const string Folder = "dead/";

    /// <summary>Ends the name of the note that a letter is about to be sent again.</summary>
    public const string SendingSuffix = ".redriving";

    /// <summary>Ends the name of the note that a letter was sent again.</summary>
    public const string SentSuffix = ".redriven";

    private const string DayForm = "yyyy-MM-dd";
    private const int DayLength = 10;
    private const int NameLengthMax = 64;

    /// <summary>Reads an id.</summary>
    /// <param name="text">For example from an address.</param>
    /// <param name="id">The id.</param>
    public static bool TryParse(string? text, out LetterId id)
    {
        id = default;
        if (text is not { Length: > DayLength + 1 and <= DayLength + 1 + NameLengthMax } || text[DayLength] != '.'
            || !DateOnly.TryParseExact(text.AsSpan(0, DayLength), DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return false;
        }

        var name = text[(DayLength + 1)..];
        id = new LetterId(day, name);
        return BlobName.IsSegment(name) && !name.EndsWith(SendingSuffix, StringComparison.Ordinal) && !name.EndsWith(SentSuffix, StringComparison.Ordinal);
    }

    /// <summary>The id of a poison blob of an embedded queue, which is named by the instant at which it was sent.</summary>
    /// <param name="name">The last part of the blob's name.</param>
    public static LetterId? OfPoison(string name) =>
        BlobQueue.SentAt(name) is { } at ? new LetterId(DateOnly.FromDateTime(at.UtcDateTime), name) : null;

    /// <summary>When a message of an embedded queue was sent, or null where this is no name of one.</summary>
    public DateTimeOffset? SentAt => BlobQueue.SentAt(Name);

    /// <summary>Where the letter is kept.</summary>
    /// <param name="queue">Its queue.</param>
    public string BlobIn(string queue) => string.Create(CultureInfo.InvariantCulture, $"{Folder}{queue}/{Day:yyyy-MM-dd}/{Name}");

    /// <summary>Where an embedded queue may have it, or null.</summary>
    /// <param name="queue">Its queue.</param>
    public string? PoisonIn(string queue) => SentAt is null ? null : $"queue/{QueueNames.PoisonOf(queue)}/{Name}";

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Day:yyyy-MM-dd}.{Name}");
}
