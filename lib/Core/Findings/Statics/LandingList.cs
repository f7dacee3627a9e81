using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Statics;

/// <summary>The landed blobs that one vessel's statements lie in, written once each.</summary>
internal sealed class LandingList
{
    private readonly List<LandingName> _names = [];

    public void Save(StateWriter writer, in Said said)
    {
        var isNone = said == default;
        writer.Flag(isNone);
        if (isNone)
        {
            return;
        }

        writer.Int64(said.AtMs);
        writer.UInt64(said.Content);
        writer.Int64(said.Offset);
        writer.Int32(said.Length);
        writer.Flag(said.IsSimulated);
        var number = _names.IndexOf(said.Landing);
        writer.Int32(number);
        if (number < 0)
        {
            _names.Add(said.Landing);
            writer.Text(said.Landing.Name ?? string.Empty);
            writer.Text(said.Landing.Hash ?? string.Empty);
        }
    }

    public Said Restore(ref StateReader reader)
    {
        if (reader.Flag())
        {
            return default;
        }

        var (at, content, offset, length) = (reader.Int64(), (ulong)reader.Int64(), reader.Int64(), reader.Int32());
        var isSimulated = reader.Flag();
        var number = reader.Int32();
        if (number >= _names.Count)
        {
            throw new InvalidDataException($"a statement lies in the landed blob {number}, which was not named");
        }

        if (number < 0)
        {
            number = _names.Count;
            _names.Add(new LandingName(reader.Text(), reader.Text()));
        }

        return new Said(at, content, _names[number], offset, length, isSimulated);
    }
}
