using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Intake.Doors;

/// <summary>Keeps what the doors hand over; refuses while it is told to.</summary>
internal sealed class MemoryIntake : IIntake
{
    private readonly Lock gate = new();
    private readonly List<LandingCut> cuts = [];
    private int refusals;

    public bool IsTooDeep => false;

    public bool IsStopped => false;

    public volatile bool Refuses;

    /// <summary>It refuses with a failure that nobody foresaw, in place of a full disk.</summary>
    public volatile bool IsOutOfOrder;

    public int Refusals => Volatile.Read(ref refusals);

    public IReadOnlyList<string> Blobs
    {
        get
        {
            lock (gate)
            {
                return [.. cuts.Select(cut => Encoding.ASCII.GetString(cut.Bytes.Span))];
            }
        }
    }

    public string All => string.Concat(Blobs);

    public ValueTask<AcceptedBlob> AcceptAsync(
        SourceName source, DeliveryKind kind, LandingCut cut, CancellationToken cancel)
    {
        if (Refuses)
        {
            Interlocked.Increment(ref refusals);
            throw IsOutOfOrder ? new InvalidOperationException("a stream was closed") : new StoreException(StoreTrouble.Stop, "the disk is full");
        }

        lock (gate)
        {
            cuts.Add(cut);
        }

        return new(new AcceptedBlob("name", "hash"));
    }
}
