namespace MaritimeWatch.Functions.Learning;

/// <summary>What a run of the learning came to.</summary>
internal enum LearningOutcome
{
    /// <summary>Something new is in force.</summary>
    Learned,

    /// <summary>What was learned is in force already.</summary>
    Same,

    /// <summary>Output was gathered; learning is not due yet, or the store teaches nothing.</summary>
    Gathered,

    /// <summary>Its time was over first; nothing new is in force, and what was gathered is kept.</summary>
    GivenUp,
}

/// <summary>What a run of the learning did, in numbers: nothing of it is about a ship.</summary>
internal sealed record LearningReport
{
    /// <summary>What it came to.</summary>
    public LearningOutcome Outcome { get; set; } = LearningOutcome.Gathered;

    /// <summary>Requests to the store: readings, lists and writes.</summary>
    public long Requests { get; set; }

    /// <summary>Bytes read.</summary>
    public long Bytes { get; set; }

    /// <summary>Commits whose output was gathered by this run.</summary>
    public long CommitsGathered { get; set; }

    /// <summary>Commits that were there and are left to the next run.</summary>
    public long CommitsBehind { get; set; }

    /// <summary>Groups of which more than the bound was new, so that its oldest part is left out for good.</summary>
    public int Cut { get; set; }

    /// <summary>Segments that are named and gone.</summary>
    public long Gone { get; set; }

    /// <summary>Packs that were learned from.</summary>
    public int Packs { get; set; }

    /// <summary>Packs that the bound of bytes left out.</summary>
    public int PacksLeftOut { get; set; }

    /// <summary>Stays that places were learned from.</summary>
    public int Stays { get; set; }

    /// <summary>Points of ways that were held.</summary>
    public long Points { get; set; }

    /// <summary>Voyages that lanes were learned from.</summary>
    public int Voyages { get; set; }

    /// <summary>Lanes that were made.</summary>
    public int Lanes { get; set; }

    /// <summary>The outcome as metrics and the log say it.</summary>
    public string OutcomeText => Outcome switch
    {
        LearningOutcome.Learned => "learned",
        LearningOutcome.Gathered => "gathered",
        LearningOutcome.GivenUp => "given-up",
        _ => "same",
    };
}
