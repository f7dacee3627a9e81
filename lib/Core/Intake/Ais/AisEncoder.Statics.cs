using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <content>What a station says of itself: types 5, 19, 21 and 24.</content>
public static partial class AisEncoder
{
    /// <summary>Type 5: static and voyage data of class A, 424 bits.</summary>
    /// <param name="report">What to send; null is sent as "not available".</param>
    /// <param name="bits">At least <see cref="PayloadBytesMax"/> bytes.</param>
    public static int StaticClassA(StaticReport report, Span<byte> bits)
    {
        var to = new AisBitWriter(bits);
        Head(ref to, 5, report.Vessel.Mmsi);
        to.Put(0, 2);
        to.Put(report.ImoNumber ?? 0, 30);
        to.PutText(report.CallSign, 7);
        to.PutText(report.Name, 20);
        to.Put(report.ShipType ?? 0, 8);
        Dimensions(ref to, report);
        to.Put(1, 4); // GPS
        to.Put(report.EtaMonth ?? 0, 4);
        to.Put(report.EtaDay ?? 0, 5);
        to.Put(report.EtaHour ?? 24, 5);
        to.Put(report.EtaMinute ?? 60, 6);
        to.Put(Math.Min((int)(report.DraughtDecimetres ?? 0), 255), 8);
        to.PutText(report.Destination, 20);
        to.Put(0, 1); // data terminal ready
        to.Put(0, 1);
        return to.Count;
    }

    /// <summary>Type 19: position and statics of class B in one, 312 bits.</summary>
    /// <param name="report">Where it is.</param>
    /// <param name="about">Name, type and size.</param>
    /// <param name="utcSecond">Second of the fix, 0 to 59; 60 not available.</param>
    /// <param name="bits">At least <see cref="PayloadBytesMax"/> bytes.</param>
    public static int ExtendedClassB(in PositionReport report, StaticReport about, int utcSecond, Span<byte> bits)
    {
        var to = new AisBitWriter(bits);
        Head(ref to, 19, report.Vessel.Mmsi);
        to.Put(0, 8);
        Motion(ref to, report, SpeedOf(report));
        to.Put(report.HeadingDegrees < 0 ? HeadingNotAvailable : report.HeadingDegrees, 9);
        to.Put(utcSecond, 6);
        to.Put(0, 4);
        to.PutText(about.Name, 20);
        to.Put(about.ShipType ?? 0, 8);
        Dimensions(ref to, about);
        to.Put(1, 4); // GPS
        to.Put(0, 1); // no RAIM
        to.Put(1, 1); // no data terminal
        to.Put(0, 1);
        to.Put(0, 4);
        return to.Count;
    }

    /// <summary>Type 21: an aid to navigation, 272 bits and 6 more for each character of the name past 20.</summary>
    /// <param name="report">Mmsi, name (at most 34) and size.</param>
    /// <param name="aidType">Type of aid, 0 to 31.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="utcSecond">Second of the fix, 0 to 59; 60 not available.</param>
    /// <param name="isVirtual">True where no buoy floats.</param>
    /// <param name="bits">At least <see cref="PayloadBytesMax"/> bytes.</param>
    public static int AidToNavigation(
        StaticReport report, int aidType, Position position, int utcSecond, bool isVirtual, Span<byte> bits)
    {
        var name = report.Name.AsSpan();
        var to = new AisBitWriter(bits);
        Head(ref to, 21, report.Vessel.Mmsi);
        to.Put(aidType, 5);
        to.PutText(name, 20);
        to.Put(1, 1); // accurate
        to.Put(Minutes(position.LongitudeE7), 28);
        to.Put(Minutes(position.LatitudeE7), 27);
        Dimensions(ref to, report);
        to.Put(1, 4); // GPS
        to.Put(utcSecond, 6);
        to.Put(0, 1); // on its place
        to.Put(0, 8);
        to.Put(0, 1); // no RAIM
        to.Put(isVirtual ? 1 : 0, 1);
        to.Put(0, 2);
        if (name.Length > 20)
        {
            var extension = name[20..Math.Min(name.Length, 34)];
            to.PutText(extension, extension.Length);
        }

        return to.Count;
    }

    /// <summary>Type 24 part A: the name of a class B station, 160 bits.</summary>
    /// <param name="report">Mmsi and name.</param>
    /// <param name="bits">At least <see cref="PayloadBytesMax"/> bytes.</param>
    public static int StaticClassBPartA(StaticReport report, Span<byte> bits)
    {
        var to = new AisBitWriter(bits);
        Head(ref to, 24, report.Vessel.Mmsi);
        to.Put(0, 2);
        to.PutText(report.Name, 20);
        return to.Count;
    }

    /// <summary>Type 24 part B: type, call sign and size of a class B station, 168 bits.</summary>
    /// <param name="report">What to send.</param>
    /// <param name="vendorId">Three characters and more of the maker, at most 3.</param>
    /// <param name="bits">At least <see cref="PayloadBytesMax"/> bytes.</param>
    public static int StaticClassBPartB(StaticReport report, ReadOnlySpan<char> vendorId, Span<byte> bits)
    {
        var to = new AisBitWriter(bits);
        Head(ref to, 24, report.Vessel.Mmsi);
        to.Put(1, 2);
        to.Put(report.ShipType ?? 0, 8);
        to.PutText(vendorId, 3);
        to.Put(0, 4); // unit model code
        to.Put(0, 20); // serial number
        to.PutText(report.CallSign, 7);
        Dimensions(ref to, report);
        to.Put(1, 4); // GPS
        to.Put(0, 2);
        return to.Count;
    }

    private static void Dimensions(ref AisBitWriter to, StaticReport report)
    {
        to.Put(report.ToBowM ?? 0, 9);
        to.Put(report.ToSternM ?? 0, 9);
        to.Put(report.ToPortM ?? 0, 6);
        to.Put(report.ToStarboardM ?? 0, 6);
    }
}
