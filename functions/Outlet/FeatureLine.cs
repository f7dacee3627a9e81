using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// A stored line as it is passed on: its own bytes, with the links that the standard asks for put in before the last
/// brace, and for a revision the id replaced by one that tells revisions apart.
/// </summary>
internal readonly ref struct FeatureLine
{
    private readonly ReadOnlySpan<byte> _line;
    private readonly int _idFrom;
    private readonly int _idTo;
    private readonly string _suffix;

    /// <summary>Looks for the id of a line that the read model has taken.</summary>
    /// <param name="line">One GeoJSON feature.</param>
    /// <param name="revision">The revision that the id is to name, or 0.</param>
    public FeatureLine(ReadOnlySpan<byte> line, int revision)
    {
        _line = line.TrimEnd(" \r\n\t"u8);
        _suffix = revision == 0 ? string.Empty : "." + revision.ToString(CultureInfo.InvariantCulture);
        Id = string.Empty;
        var reader = new Utf8JsonReader(_line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId)
            {
                (_idFrom, _idTo) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                Id = (reader.TokenType == JsonTokenType.Number
                    ? Encoding.ASCII.GetString(reader.ValueSpan)
                    : reader.GetString()) + _suffix;
                return;
            }

            reader.Skip();
        }
    }

    /// <summary>The id as text.</summary>
    public string Id { get; }

    /// <summary>The kind of a finding, from its properties; null where there is none.</summary>
    /// <param name="line">One GeoJSON feature.</param>
    public static string? KindOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isProperties = reader.CurrentDepth == 1 && reader.ValueTextEquals("properties"u8);
            var isKind = reader.CurrentDepth == 2 && reader.ValueTextEquals("kind"u8);
            reader.Read();
            if (isKind)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            if (!isProperties || reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
            }
        }

        return null;
    }

    /// <summary>Writes the feature.</summary>
    /// <param name="target">Takes the bytes.</param>
    /// <param name="collectionUrl">Address of the collection, already escaped for JSON.</param>
    /// <param name="moreLinks">Further links as JSON, each after a comma.</param>
    public void Write(IBufferWriter<byte> target, string collectionUrl, string moreLinks = "")
    {
        if (_suffix.Length == 0)
        {
            target.Write(_line[..^1]);
        }
        else
        {
            target.Write(_line[.._idFrom]);
            target.Write(JsonSerializer.SerializeToUtf8Bytes(Id));
            target.Write(_line[_idTo..^1]);
        }

        // EscapeDataString leaves only characters that JSON needs no escape for.
        Encoding.UTF8.GetBytes(
            $",\"links\":[{{\"rel\":\"self\",\"type\":\"application/geo+json\",\"href\":\"{collectionUrl}/items/"
            + $"{Uri.EscapeDataString(Id)}\"}},{{\"rel\":\"collection\",\"type\":\"application/json\",\"href\":\""
            + $"{collectionUrl}\"}}{moreLinks}]}}",
            target);
    }
}
