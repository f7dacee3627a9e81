using System.Text.Json;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Lanes;

/// <summary>One lane as a feature: its centre line, what people want to see first, and the stations as rows of integers.</summary>
internal static class LaneFeature
{
    private const int FixedColumns = 13;

    private static readonly string[] Columns =
    [
        "longitude_e7", "latitude_e7", "along_dm", "voyages", "off50_dm", "off90_dm", "off99_dm", "off999_dm", "speed10_dkn",
        "speed50_dkn", "speed90_dkn", "elapsed50_s", "elapsed999_s", .. TrafficLane.Chances.Select(chance => $"remaining{chance}_s"),
    ];

    /// <summary>Writes the whole feature.</summary>
    public static void Write(Utf8JsonWriter json, TrafficLane lane)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Feature"u8);
        json.WriteString("id"u8, lane.Id);
        json.WritePropertyName("geometry"u8);
        GeoJsonGeometry.WriteLineString(json, [.. lane.Stations.Select(station => station.Place)]);
        json.WriteStartObject("properties"u8);
        WriteShown(json, lane);
        json.WriteNumber("number"u8, lane.Number);
        json.WriteNumber("last_end_at_ms"u8, lane.LastEndAtMs);
        json.WriteNumber("voyages_with_stops"u8, lane.VoyagesWithStops);
        json.WriteNumber("pace_lasts_permille"u8, lane.PaceLastsPermille);
        json.WriteNumber("spread_left_permille"u8, lane.SpreadLeftPermille);
        json.WriteStartArray("stops"u8);
        foreach (var stop in lane.Stops)
        {
            WriteRow(json, [stop.Where.LongitudeE7, stop.Where.LatitudeE7, stop.Voyages, stop.MedianMinutes]);
        }

        json.WriteEndArray();
        json.WriteStartArray("columns"u8);
        Array.ForEach(Columns, json.WriteStringValue);
        json.WriteEndArray();
        json.WriteStartArray("stations"u8);
        foreach (var station in lane.Stations)
        {
            WriteRow(json, RowOf(station));
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The properties that the feed shows.</summary>
    public static void WriteShown(Utf8JsonWriter json, TrafficLane lane)
    {
        var known = lane.Stations.Where(station => station.Off999 >= 0).ToArray();
        json.WriteString("id"u8, lane.Id);
        json.WriteString("lane"u8, lane.Id);
        json.WriteNull("mmsi"u8);
        json.WriteNull("subject"u8);
        json.WriteString("name"u8, lane.Name);
        json.WriteString("ship_type"u8, lane.Type);
        json.WriteString("from"u8, lane.From);
        json.WriteString("from_name"u8, lane.FromName);
        json.WriteString("to"u8, lane.To);
        json.WriteString("to_name"u8, lane.ToName);
        json.WriteNumber("voyages"u8, lane.Voyages);
        json.WriteNumber("vessels"u8, lane.Vessels);
        WriteTenths(json, "length_nm"u8, lane.LengthDecimetres, 1852);
        WriteTenths(json, "half_width_nm"u8, Middle(known.Select(station => station.Off999)), 1852);
        WriteTenths(json, "half_of_voyages_within_nm"u8, Middle(known.Select(station => station.Off50)), 1852);
        WriteTenths(json, "speed_knots"u8, Middle(lane.Stations.Select(station => station.Speed50).Where(speed => speed >= 0)), 1);
        if (lane.Duration.Count > 0)
        {
            WriteTenths(json, "duration_h"u8, lane.Duration[lane.Duration.Count / 2], 360);
        }

        json.WriteNumber("usual_stops"u8, lane.Stops.Count);
        json.WriteString("known_at"u8, Instants.ToText(lane.LastEndAtMs));
        json.WriteBoolean("simulated"u8, lane.IsSimulated);
    }

    /// <summary>Reads a feature.</summary>
    /// <exception cref="FormatException">A number is out of its range.</exception>
    public static TrafficLane Read(JsonElement feature)
    {
        var of = feature.GetProperty("properties");
        var lane = new TrafficLane([.. of.GetProperty("stations").EnumerateArray().Select(StationOf)])
        {
            From = TextOf(of, "from"),
            FromName = TextOf(of, "from_name"),
            To = TextOf(of, "to"),
            ToName = TextOf(of, "to_name"),
            Type = TextOf(of, "ship_type"),
            Number = of.GetProperty("number").GetInt32(),
            Voyages = of.GetProperty("voyages").GetInt32(),
            Vessels = of.GetProperty("vessels").GetInt32(),
            LastEndAtMs = of.GetProperty("last_end_at_ms").GetInt64(),
            IsSimulated = of.GetProperty("simulated").GetBoolean(),
            VoyagesWithStops = of.GetProperty("voyages_with_stops").GetInt32(),
            PaceLastsPermille = of.GetProperty("pace_lasts_permille").GetInt32(),
            SpreadLeftPermille = of.GetProperty("spread_left_permille").GetInt32(),
            Stops = [.. of.GetProperty("stops").EnumerateArray().Select(stop => new UsualStop(
                new Position(stop[1].GetInt32(), stop[0].GetInt32()), stop[2].GetInt32(), stop[3].GetInt32()))],
        };
        for (var i = 1; i < lane.Stations.Count; i++)
        {
            if (lane.Stations[i].AlongDecimetres < lane.Stations[i - 1].AlongDecimetres)
            {
                throw new FormatException($"the stations of {lane.Id} do not go on along it");
            }
        }

        return lane;
    }

    private static int[] RowOf(LaneStation station) =>
    [
        station.Place.LongitudeE7, station.Place.LatitudeE7, station.AlongDecimetres, station.Voyages, station.Off50, station.Off90,
        station.Off99, station.Off999, station.Speed10, station.Speed50, station.Speed90, station.Elapsed50, station.Elapsed999,
        .. station.Remaining,
    ];

    private static LaneStation StationOf(JsonElement element)
    {
        var row = new int[element.GetArrayLength()];
        if (row.Length != FixedColumns && row.Length != FixedColumns + TrafficLane.Chances.Count)
        {
            throw new FormatException($"a station has {row.Length} numbers");
        }

        for (var i = 0; i < row.Length; i++)
        {
            row[i] = element[i].GetInt32();
        }

        if (row[0] is < -1_800_000_000 or > 1_800_000_000 || row[1] is < -900_000_000 or > 900_000_000)
        {
            throw new FormatException("a station lies nowhere on earth");
        }

        return new LaneStation
        {
            Place = new Position(row[1], row[0]),
            AlongDecimetres = row[2],
            Voyages = row[3],
            Off50 = row[4],
            Off90 = row[5],
            Off99 = row[6],
            Off999 = row[7],
            Speed10 = row[8],
            Speed50 = row[9],
            Speed90 = row[10],
            Elapsed50 = row[11],
            Elapsed999 = row[12],
            Remaining = row[FixedColumns..],
        };
    }

    private static string TextOf(JsonElement of, string name) =>
        of.GetProperty(name).GetString() is { Length: > 0 and <= 200 } text ? text : throw new FormatException($"{name} is no text");

    private static void WriteRow(Utf8JsonWriter json, int[] row)
    {
        json.WriteStartArray();
        Array.ForEach(row, json.WriteNumberValue);
        json.WriteEndArray();
    }

    private static int Middle(IEnumerable<int> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? -1 : sorted[sorted.Length / 2];
    }

    // A number of so many units each as tenths: 1,852 dm are a tenth of a nautical mile, 360 s a tenth of an hour.
    private static void WriteTenths(Utf8JsonWriter json, ReadOnlySpan<byte> name, int value, int unit)
    {
        if (value < 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, Math.Round(value / (decimal)unit) / 10);
        }
    }
}
