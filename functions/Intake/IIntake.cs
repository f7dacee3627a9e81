using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Functions.Intake;

/// <summary>What every door hands its bytes to.</summary>
public interface IIntake
{
    /// <summary>True while so much waits to be decoded that a door should shed load or hold its sender back.</summary>
    bool IsTooDeep { get; }

    /// <summary>True after trouble that does not pass by itself (a full disk), until the store accepts a write again.</summary>
    bool IsStopped { get; }

    /// <summary>Lands the bytes and queues them for decoding. What it has returned from may be acknowledged.</summary>
    /// <param name="source">Who sent them.</param>
    /// <param name="kind">Whether the same bytes again are a repeat.</param>
    /// <param name="cut">The bytes and when they came.</param>
    /// <param name="cancel">Gives up; whether the bytes were landed is then unknown.</param>
    /// <exception cref="MaritimeWatch.Log.StoreException">Nothing may be acknowledged.</exception>
    ValueTask<AcceptedBlob> AcceptAsync(SourceName source, DeliveryKind kind, LandingCut cut, CancellationToken cancel);
}

/// <summary>What the same bytes mean when they come again.</summary>
public enum DeliveryKind
{
    /// <summary>A document: the same bytes again are a repeat and are dropped as seen.</summary>
    Document,

    /// <summary>
    /// A stretch of a stream: the same bytes at another time are another stretch (a moored ship repeats itself).
    /// </summary>
    Stream,

    /// <summary>What an event hub delivered, NMEA lines as in a stream: the same bytes again are a repeat.</summary>
    Batch,
}

/// <summary>What was landed.</summary>
/// <param name="Name">The blob's name.</param>
/// <param name="Hash">Its hash in hexadecimal.</param>
public sealed record AcceptedBlob(string Name, string Hash);
