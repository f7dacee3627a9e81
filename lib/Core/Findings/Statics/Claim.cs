using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Statics;

/// <summary>What a statement did to what stood before.</summary>
internal enum ClaimNews
{
    /// <summary>Nothing: it says the same, or says something new for the first time.</summary>
    None,

    /// <summary>The first value that was said twice.</summary>
    First,

    /// <summary>Another value was said twice and stands now.</summary>
    Changed,
}

/// <summary>
/// One thing that a vessel says of itself. A value stands once it was said twice, a minute or more apart (what comes sooner
/// is one message heard twice), with nothing else said in between: one damaged message changes nothing.
/// </summary>
internal sealed class Claim
{
    /// <summary>What stands, or null.</summary>
    public string? Value { get; private set; }

    /// <summary>The first statement of what stands.</summary>
    public Said First { get; private set; }

    /// <summary>The last half hour in which it was said.</summary>
    public int Bucket { get; private set; }

    /// <summary>What stood before, or null.</summary>
    public string? Before { get; private set; }

    /// <summary>The first statement of what stood before, and the last half hour of it.</summary>
    public Said BeforeFirst { get; private set; }

    public int BeforeBucket { get; private set; }

    private string? Next { get; set; }

    private Said NextFirst { get; set; }

    /// <summary>Takes a statement.</summary>
    public ClaimNews Take(string value, in Said said)
    {
        if (value == Value)
        {
            Bucket = Math.Max(Bucket, said.Bucket);
            Next = null;
            return ClaimNews.None;
        }

        if (value != Next)
        {
            Next = value;
            NextFirst = said;
            return ClaimNews.None;
        }

        if (said.AtMs < NextFirst.AtMs + StaticMemory.AgainAfterMs)
        {
            return ClaimNews.None;
        }

        var news = Value is null ? ClaimNews.First : ClaimNews.Changed;
        (Before, BeforeFirst, BeforeBucket) = (Value, First, Bucket);
        (Value, First, Bucket) = (Next, NextFirst, said.Bucket);
        Next = null;
        return news;
    }

    /// <summary>A statement that came late says that the value stood earlier than was known.</summary>
    public void Antedate(in Said said) => First = said;

    public void Save(StateWriter writer, LandingList landings)
    {
        writer.TextOrNull(Value);
        landings.Save(writer, First);
        writer.Int32(Bucket);
        writer.TextOrNull(Before);
        landings.Save(writer, BeforeFirst);
        writer.Int32(BeforeBucket);
        writer.TextOrNull(Next);
        landings.Save(writer, NextFirst);
    }

    public static Claim Restore(ref StateReader reader, LandingList landings) => new()
    {
        Value = reader.TextOrNull(),
        First = landings.Restore(ref reader),
        Bucket = reader.Int32(),
        Before = reader.TextOrNull(),
        BeforeFirst = landings.Restore(ref reader),
        BeforeBucket = reader.Int32(),
        Next = reader.TextOrNull(),
        NextFirst = landings.Restore(ref reader),
    };
}
