using MaritimeWatch.Terms;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MaritimeWatch.Feeds;

/// <summary>Why a line is not taken into the read model.</summary>
public enum LineFault
{
    /// <summary>It was taken.</summary>
    None,

    /// <summary>It is no JSON object, is cut off or is nested too deeply.</summary>
    NotJson,

    /// <summary>It has no id.</summary>
    NoId,

    /// <summary>A position is outside the world.</summary>
    BadPosition,

    /// <summary>A time is not RFC 3339.</summary>
    BadTime,
}

/// <summary>
/// Takes from one line what the index needs: id, revision, geometry, times and queryables. Reads every byte once and
/// allocates only what stays: new words and the shape of a geometry that is more than a point.
/// </summary>
internal sealed class FeatureParser
{
    // Beyond this many positions a geometry is matched by its envelope, so that one line cannot fill the memory.
    private const int ExactPositionsMax = 4096;
    private const int DepthMax = 32;

    private readonly Vocabulary _words;
    private readonly FeedQueryable[] _queryables;
    private readonly byte[][] _names;
    private readonly byte[] _start;
    private readonly byte[] _end;
    private readonly bool _isInstant;
    private readonly List<int> _shape = new(256);
    private readonly byte[] _text = new byte[1024];
    private readonly char[] _chars = new char[1024];
    private bool _outside;

    public FeatureParser(FeedCollection collection, Vocabulary words)
    {
        _words = words;
        _queryables = [.. collection.Queryables];
        _names = [.. _queryables.Select(q => Encoding.UTF8.GetBytes(q.Name))];
        _start = Encoding.UTF8.GetBytes(collection.StartProperty ?? string.Empty);
        _end = Encoding.UTF8.GetBytes(collection.EndProperty ?? string.Empty);
        _isInstant = collection.StartProperty == collection.EndProperty;
        Codes = new int[_queryables.Length];
    }

    /// <summary>A digest of the id: 128 bits, so that a million ids need no texts in memory.</summary>
    public UInt128 Key { get; private set; }

    public int Revision { get; private set; }

    public int West { get; private set; }

    public int South { get; private set; }

    public int East { get; private set; }

    public int North { get; private set; }

    public long StartMs { get; private set; }

    public long EndMs { get; private set; }

    public int[] Codes { get; }

    /// <summary>See <see cref="Shapes"/>; null for a point, or where there is no geometry.</summary>
    public int[]? Shape { get; private set; }

    /// <summary>The digest under which an id is found.</summary>
    public static UInt128 KeyOf(ReadOnlySpan<byte> id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id, hash);
        return new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]));
    }

    /// <summary>Reads a line; what is found stands in the properties until the next call.</summary>
    public LineFault Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return Read(line);
        }
        catch (JsonException)
        {
            return LineFault.NotJson;
        }
        catch (InvalidOperationException)
        {
            // A string that is no valid UTF-8, or a value of an unexpected type.
            return LineFault.NotJson;
        }
    }

    private LineFault Read(ReadOnlySpan<byte> line)
    {
        Forget();
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = DepthMax });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return LineFault.NotJson;
        }

        var (hasId, fault) = (false, LineFault.None);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                hasId = TakeId(ref reader);
            }
            else if (reader.ValueTextEquals("geometry"u8))
            {
                reader.Read();
                TakeGeometry(ref reader);
            }
            else if (reader.ValueTextEquals("properties"u8))
            {
                reader.Read();
                fault = TakeProperties(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // Reading on after the end throws where anything but white space follows.
        return reader.Read() ? LineFault.NotJson
            : !hasId ? LineFault.NoId
            : _outside ? LineFault.BadPosition
            : fault;
    }

    private void Forget()
    {
        // Without a geometry or a time a feature is everywhere and always (OGC API - Features, 7.15.3 and 7.15.4).
        (West, South, East, North) = (int.MinValue, int.MinValue, int.MaxValue, int.MaxValue);
        (StartMs, EndMs) = (long.MinValue, long.MaxValue);
        (Revision, Shape, _outside) = (1, null, false);
        Array.Clear(Codes);
    }

    private bool TakeId(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            Key = KeyOf(reader.ValueSpan);
            return true;
        }

        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length is 0 or > 512)
        {
            return false;
        }

        Key = KeyOf(_text.AsSpan(0, reader.CopyString(_text)));
        return true;
    }

    private LineFault TakeProperties(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return LineFault.None;
        }

        var fault = LineFault.None;
        var (hasStart, hasEnd) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(_start))
            {
                reader.Read();
                hasStart = TakeTime(ref reader, ref fault, out var at);
                StartMs = hasStart ? at : long.MinValue;
            }
            else if (reader.ValueTextEquals(_end))
            {
                reader.Read();
                hasEnd = TakeTime(ref reader, ref fault, out var at);
                EndMs = hasEnd ? at : long.MaxValue;
            }
            else if (reader.ValueTextEquals("revision"u8))
            {
                reader.Read();
                Revision = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var r) ? r : 1;
            }
            else
            {
                TakeQueryable(ref reader);
            }
        }

        if (_isInstant && hasStart)
        {
            EndMs = StartMs;
        }

        return fault;
    }

    private static bool TakeTime(ref Utf8JsonReader reader, ref LineFault fault, out long atMs)
    {
        atMs = 0;
        if (reader.TokenType == JsonTokenType.String && Rfc3339.TryParse(reader.ValueSpan, out atMs))
        {
            return true;
        }

        fault = reader.TokenType == JsonTokenType.Null ? fault : LineFault.BadTime;
        reader.Skip();
        return false;
    }

    private void TakeQueryable(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (reader.ValueTextEquals(_names[i]))
            {
                reader.Read();
                Codes[i] = CodeOf(ref reader, _queryables[i].Type);
                return;
            }
        }

        reader.Skip();
    }

    private int CodeOf(ref Utf8JsonReader reader, QueryableType type)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                return Vocabulary.Of(reader.TokenType == JsonTokenType.True);
            case JsonTokenType.Number:
                return type == QueryableType.Number && reader.TryGetInt32(out var number) ? number : 0;
            case JsonTokenType.String when type is QueryableType.Text or QueryableType.Choice:
                // A longer text is no name of anything; it is left out of the index, not out of the feed.
                return reader.ValueSpan.Length <= _chars.Length
                    ? _words.Learn(_chars.AsSpan(0, reader.CopyString(_chars)))
                    : 0;
            default:
                reader.Skip();
                return 0;
        }
    }

    private void TakeGeometry(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        var (isArea, isPoint) = (false, false);
        _shape.Clear();
        _shape.Add(0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                // Several points are matched by their envelope.
                isPoint = reader.ValueTextEquals("Point"u8) || reader.ValueTextEquals("MultiPoint"u8);
                isArea = reader.ValueTextEquals("Polygon"u8) || reader.ValueTextEquals("MultiPolygon"u8);
            }
            else if (reader.ValueTextEquals("coordinates"u8))
            {
                reader.Read();
                TakeCoordinates(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        if (!isPoint && _shape.Count > 1 && _shape.Count <= 2 * ExactPositionsMax)
        {
            _shape[0] = isArea ? 1 : 0;
            Shape = [.. _shape];
        }
    }

    // Nested arrays of any depth: the innermost hold a position; the array around positions is a part.
    private void TakeCoordinates(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        var bottom = reader.CurrentDepth;
        var part = -1;
        var isFirst = true;
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == bottom))
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                var longitude = reader.GetDouble();
                if (!reader.Read() || reader.TokenType != JsonTokenType.Number)
                {
                    throw new JsonException("a position has at least two numbers");
                }

                TakePosition(longitude, reader.GetDouble(), ref part, ref isFirst);
                var depth = reader.CurrentDepth;
                while (reader.Read() && reader.TokenType == JsonTokenType.Number)
                {
                    // A height, which the index does not use.
                }

                if (depth - 1 == bottom)
                {
                    return;
                }
            }
            else if (reader.TokenType == JsonTokenType.EndArray)
            {
                part = -1;
            }
        }
    }

    private void TakePosition(double longitude, double latitude, ref int part, ref bool isFirst)
    {
        if (!(Math.Abs(longitude) <= 180) || !(Math.Abs(latitude) <= 90))
        {
            _outside = true;
            return;
        }

        var (x, y) = ((int)Math.Round(longitude * 1e7), (int)Math.Round(latitude * 1e7));
        (West, East) = isFirst ? (x, x) : (Math.Min(West, x), Math.Max(East, x));
        (South, North) = isFirst ? (y, y) : (Math.Min(South, y), Math.Max(North, y));
        isFirst = false;
        if (part < 0)
        {
            part = _shape.Count;
            _shape.Add(0);
        }

        _shape[part]++;
        _shape.Add(x);
        _shape.Add(y);
    }
}
