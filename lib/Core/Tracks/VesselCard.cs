using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tracks;

/// <summary>What a vessel says of itself, in a fixed place: texts are UTF-8, cut at a whole character.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VesselCard
{
    public int ImoNumber;
    public short ToBowM;
    public short ToSternM;
    public short ToPortM;
    public short ToStarboardM;
    public short DraughtDecimetres;
    public byte ShipType;
    public byte HasDimensions;
    public Text36 NameText;
    public Text12 CallSignText;
    public Text36 DestinationText;

    public readonly string? Name => Read(NameText);

    public readonly string? CallSign => Read(CallSignText);

    public readonly string? Destination => Read(DestinationText);

    /// <summary>Length over all, metres; 0 unknown.</summary>
    public readonly int LengthM => HasDimensions == 0 ? 0 : ToBowM + ToSternM;

    /// <summary>Beam, metres; 0 unknown.</summary>
    public readonly int WidthM => HasDimensions == 0 ? 0 : ToPortM + ToStarboardM;

    /// <summary>Takes what a report says; what it leaves out stays. True when something changed.</summary>
    public bool Take(StaticReport report)
    {
        var before = this;
        ImoNumber = report.ImoNumber ?? ImoNumber;
        ShipType = report.ShipType ?? ShipType;
        DraughtDecimetres = report.DraughtDecimetres ?? DraughtDecimetres;
        if (report.ToBowM is not null || report.ToSternM is not null)
        {
            ToBowM = report.ToBowM ?? 0;
            ToSternM = report.ToSternM ?? 0;
            ToPortM = report.ToPortM ?? 0;
            ToStarboardM = report.ToStarboardM ?? 0;
            HasDimensions = 1;
        }

        Put(ref NameText, report.Name);
        Put(ref CallSignText, report.CallSign);
        Put(ref DestinationText, report.Destination);
        return !Bytes(ref before).SequenceEqual(Bytes(ref this));
    }

    private static Span<byte> Bytes<T>(ref T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new Span<T>(ref value));

    private static void Put<T>(ref T target, string? text)
        where T : unmanaged
    {
        if (text is null)
        {
            return;
        }

        var bytes = Bytes(ref target);
        bytes.Clear();
        var room = bytes[1..];
        var written = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.TryEncodeToUtf8(room[written..], out var length))
            {
                break;
            }

            written += length;
        }

        bytes[0] = (byte)written;
    }

    private static string? Read<T>(T text)
        where T : unmanaged
    {
        var bytes = Bytes(ref text);
        return bytes[0] == 0 ? null : Encoding.UTF8.GetString(bytes.Slice(1, Math.Min(bytes[0], bytes.Length - 1)));
    }

    [InlineArray(36)]
    internal struct Text36
    {
        private byte _length;
    }

    [InlineArray(12)]
    internal struct Text12
    {
        private byte _length;
    }
}
