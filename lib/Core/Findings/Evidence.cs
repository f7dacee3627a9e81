using System.Buffers.Binary;
using System.Security.Cryptography;
using MaritimeWatch.Findings.Statics;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>
/// The decisive reports of a finding, kept small: where the first few lie in the landed data, how many there were, and
/// a hash chain over all of them (each link is SHA-256 over the link before and what the report said).
/// </summary>
internal sealed class Evidence
{
    /// <summary>Most ranges that are kept; later reports are in the count and the chain.</summary>
    public const int RangesMax = 8;

    public List<EvidenceRange> Ranges { get; } = [];

    public int Reports { get; private set; }

    public long FirstAtMs { get; private set; }

    public long LastAtMs { get; private set; }

    public bool IsSimulated { get; private set; }

    public byte[] Chain { get; } = new byte[SHA256.HashSizeInBytes];

    public void Add(VesselId vessel, in StoredReport report, LandingName landing)
    {
        Span<byte> link = stackalloc byte[Chain.Length + 40];
        Chain.CopyTo(link);
        var said = link[Chain.Length..];
        BinaryPrimitives.WriteUInt64LittleEndian(said, vessel.Value);
        BinaryPrimitives.WriteInt64LittleEndian(said[8..], report.EventAtMs);
        BinaryPrimitives.WriteInt32LittleEndian(said[16..], report.LatitudeE7);
        BinaryPrimitives.WriteInt32LittleEndian(said[20..], report.LongitudeE7);
        BinaryPrimitives.WriteInt16LittleEndian(said[24..], report.SpeedDeciKnots);
        BinaryPrimitives.WriteInt16LittleEndian(said[26..], report.CourseDeciDegrees);
        BinaryPrimitives.WriteInt16LittleEndian(said[28..], report.HeadingDegrees);
        said[30] = (byte)report.RateOfTurn;
        said[31] = report.NavigationStatus;
        said[32] = report.MessageType;
        said[33] = report.TraitBits;
        said[34] = report.UtcSecondNumber;
        said[35..].Clear();
        SHA256.HashData(link, Chain);

        Note(new EvidenceRange(landing, report.Offset, report.Length), report.EventAtMs, report.Has(ReportTraits.Simulated));
    }

    /// <summary>Adds a statement of what a vessel says of itself.</summary>
    public void Add(VesselId vessel, in Said said)
    {
        Span<byte> link = stackalloc byte[Chain.Length + 24];
        Chain.CopyTo(link);
        BinaryPrimitives.WriteUInt64LittleEndian(link[Chain.Length..], vessel.Value);
        BinaryPrimitives.WriteInt64LittleEndian(link[(Chain.Length + 8)..], said.AtMs);
        BinaryPrimitives.WriteUInt64LittleEndian(link[(Chain.Length + 16)..], said.Content);
        SHA256.HashData(link, Chain);
        Note(new EvidenceRange(said.Landing, said.Offset, said.Length), said.AtMs, said.IsSimulated);
    }

    public void Save(StateWriter writer)
    {
        writer.Int32(Reports);
        writer.Int64(FirstAtMs);
        writer.Int64(LastAtMs);
        writer.Flag(IsSimulated);
        writer.Bytes(Chain);
        writer.Int32(Ranges.Count);
        foreach (var range in Ranges)
        {
            writer.Text(range.Landing.Name);
            writer.Text(range.Landing.Hash);
            writer.Int64(range.Offset);
            writer.Int32(range.Length);
        }
    }

    public void Restore(ref StateReader reader)
    {
        Reports = reader.Int32();
        FirstAtMs = reader.Int64();
        LastAtMs = reader.Int64();
        IsSimulated = reader.Flag();
        var chain = reader.Bytes();
        if (chain.Length != Chain.Length)
        {
            throw new InvalidDataException("the hash chain of a finding is damaged");
        }

        chain.CopyTo(Chain);
        var count = reader.Count(20);
        for (var i = 0; i < count; i++)
        {
            var landing = new LandingName(reader.Text(), reader.Text());
            Ranges.Add(new EvidenceRange(landing, reader.Int64(), reader.Int32()));
        }
    }

    private void Note(EvidenceRange range, long atMs, bool isSimulated)
    {
        if (Ranges.Count < RangesMax)
        {
            Ranges.Add(range);
        }

        FirstAtMs = Reports == 0 ? atMs : Math.Min(FirstAtMs, atMs);
        LastAtMs = Reports == 0 ? atMs : Math.Max(LastAtMs, atMs);
        Reports++;
        IsSimulated |= isSimulated;
    }
}

/// <summary>Where the bytes of a report lie.</summary>
internal readonly record struct EvidenceRange(LandingName Landing, long Offset, int Length);
