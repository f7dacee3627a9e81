using MaritimeWatch.Reference;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>Stopping places that ships have come to, by number: state may outlive the view that it saw them in.</summary>
internal sealed class PlaceTable
{
    private readonly List<Place> _places = [];
    private readonly Dictionary<Place, int> _numbers = [];
    private int _saved;

    public Place this[int number] => _places[number];

    public int NumberOf(AnchoragePoint point)
    {
        var place = new Place(point.Id, point.PortLocode, point.PortName, point.Kind);
        if (!_numbers.TryGetValue(place, out var number))
        {
            number = _places.Count;
            _places.Add(place);
            _numbers.Add(place, number);
        }

        return number;
    }

    /// <summary>Writes all, or those that are new since the last save.</summary>
    public void Save(StateWriter writer, bool whole)
    {
        var from = whole ? 0 : _saved;
        writer.Int32(_places.Count - from);
        for (var i = from; i < _places.Count; i++)
        {
            var place = _places[i];
            writer.Text(place.Id);
            writer.TextOrNull(place.Locode);
            writer.Text(place.PortName);
            writer.Byte((byte)place.Kind);
        }

        _saved = _places.Count;
    }

    public void Restore(ref StateReader reader)
    {
        var count = reader.Count(9);
        for (var i = 0; i < count; i++)
        {
            var place = new Place(reader.Text(), reader.TextOrNull(), reader.Text(), (StoppingPlace)reader.Byte());
            _numbers.TryAdd(place, _places.Count);
            _places.Add(place);
        }

        _saved = _places.Count;
    }

    public void Clear()
    {
        _places.Clear();
        _numbers.Clear();
        _saved = 0;
    }
}

/// <summary>A stopping place as a visit remembers it.</summary>
internal sealed record Place(string Id, string? Locode, string PortName, StoppingPlace Kind)
{
    /// <summary>What a finding names as its object: the port where it is known, else the place itself.</summary>
    public string Object => Locode ?? Id;
}
