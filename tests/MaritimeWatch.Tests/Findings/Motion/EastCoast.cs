using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Findings.Motion;

/// <summary>A straight coast along 12 E: land east of it, sea west of it.</summary>
internal sealed class EastCoast(Position? port = null)
{
    public static readonly Position Shore = Position.FromDegrees(57, 12);

    public TestReference Reference { get; } = new()
    {
        Port = new AnchoragePoint("SEXXX", port ?? Position.FromDegrees(40, 5), "SEXXX", "Nowhere", StoppingPlace.Port),
        OffshoreAt = at => Math.Max(0, -Inland(at)),
        InlandAt = at => Math.Max(0, Inland(at)),
    };

    private static double Inland(Position at) =>
        Math.Sign((long)at.LongitudeE7 - Shore.LongitudeE7) * FlatDistance.Metres(at, new Position(at.LatitudeE7, Shore.LongitudeE7)) / 1000;
}
