namespace MaritimeWatch.Terms;

/// <summary>Where a time of berthing comes from.</summary>
public enum BerthingBy
{
    /// <summary>The ship was seen to lie still in port.</summary>
    Observed,

    /// <summary>The port says that it has berthed.</summary>
    Port,

    /// <summary>Declared beforehand, by its agent or the port.</summary>
    Announced,

    /// <summary>Nobody declared one: estimated from its voyage.</summary>
    Estimated,
}
