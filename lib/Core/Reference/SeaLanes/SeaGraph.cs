using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.SeaLanes;

/// <summary>The network as places and the pieces between them, with all lengths from some places at once. Immutable.</summary>
internal sealed class SeaGraph
{
    /// <summary>Stands for a place that cannot be reached.</summary>
    public const int Unreached = int.MaxValue;

    private readonly int[] _starts;
    private readonly (int To, int Decimetres, bool IsCanal)[] _pieces;
    private const int Rows = 360;
    private const int Columns = 720;
    private readonly int[] _cellStarts = new int[(Rows * Columns) + 1];

    private readonly int[] _joinStarts;
    private readonly int[] _joins;

    /// <param name="lanes">Pieces that ships join: near each of them lie the places at its ends.</param>
    /// <param name="shortcuts">Pieces that only lead on.</param>
    public SeaGraph(
        IReadOnlyList<(Position From, Position To, int Decimetres)> lanes,
        IReadOnlyList<(Position From, Position To, int Decimetres)> shortcuts)
    {
        List<(Position From, Position To, int Decimetres)> pieces = [.. lanes, .. shortcuts];
        Places = [.. pieces.SelectMany(piece => new[] { piece.From, piece.To }).Distinct()
            .OrderBy(CellOf).ThenBy(place => place.LatitudeE7).ThenBy(place => place.LongitudeE7)];
        var numbers = new Dictionary<Position, int>(Places.Length);
        foreach (var place in Places)
        {
            numbers.Add(place, numbers.Count);
            _cellStarts[CellOf(place) + 1]++;
        }

        for (var cell = 0; cell < _cellStarts.Length - 1; cell++)
        {
            _cellStarts[cell + 1] += _cellStarts[cell];
        }

        var both = pieces.SelectMany(piece => new[]
        {
            (From: numbers[piece.From], To: numbers[piece.To], piece.Decimetres, IsCanal: SeaCanals.Has(piece.From, piece.To)),
            (From: numbers[piece.To], To: numbers[piece.From], piece.Decimetres, IsCanal: SeaCanals.Has(piece.From, piece.To)),
        }).OrderBy(piece => piece.From).ThenBy(piece => piece.To).ThenBy(piece => piece.Decimetres).ToList();
        _pieces = [.. both.Select(piece => (piece.To, piece.Decimetres, piece.IsCanal))];
        _starts = new int[Places.Length + 1];
        foreach (var piece in both)
        {
            _starts[piece.From + 1]++;
        }

        for (var place = 0; place < Places.Length; place++)
        {
            _starts[place + 1] += _starts[place];
        }

        var joins = lanes.SelectMany(lane => CellsOf(lane.From, lane.To).SelectMany(cell =>
            new[] { (Cell: cell, Place: numbers[lane.From]), (Cell: cell, Place: numbers[lane.To]) })).Distinct().Order().ToList();
        _joins = [.. joins.Select(join => join.Place)];
        _joinStarts = new int[(Rows * Columns) + 1];
        foreach (var join in joins)
        {
            _joinStarts[join.Cell + 1]++;
        }

        for (var cell = 0; cell < Rows * Columns; cell++)
        {
            _joinStarts[cell + 1] += _joinStarts[cell];
        }
    }

    /// <summary>Every place, by number.</summary>
    public Position[] Places { get; }

    /// <summary>Pieces between two places.</summary>
    public int PieceCount => _pieces.Length / 2;

    /// <summary>Lengths from the nearest of some places to every place, 0.1 m, by Dijkstra's algorithm; ties fall by number.</summary>
    /// <param name="from">Places with what lies before them, 0.1 m.</param>
    /// <param name="withCanals">False goes round.</param>
    public int[] LengthsFrom(IEnumerable<(int Place, int Decimetres)> from, bool withCanals)
    {
        var lengths = new int[Places.Length];
        Array.Fill(lengths, Unreached);
        var next = new PriorityQueue<int, (int Decimetres, int Place)>();
        foreach (var (place, decimetres) in from)
        {
            if (decimetres < lengths[place])
            {
                lengths[place] = decimetres;
                next.Enqueue(place, (decimetres, place));
            }
        }

        while (next.TryDequeue(out var place, out var at))
        {
            if (at.Decimetres > lengths[place])
            {
                continue;
            }

            foreach (var (to, decimetres, isCanal) in PiecesOf(place))
            {
                var length = at.Decimetres + decimetres;
                if (length < lengths[to] && (withCanals || !isCanal))
                {
                    lengths[to] = length;
                    next.Enqueue(to, (length, to));
                }
            }
        }

        return lengths;
    }

    /// <summary>The place after this one on the way that some lengths tell; -1 at the end of it.</summary>
    /// <param name="place">A place that was reached.</param>
    /// <param name="lengths">As <see cref="LengthsFrom"/> gave them.</param>
    /// <param name="withCanals">As it was asked.</param>
    public int After(int place, int[] lengths, bool withCanals)
    {
        foreach (var (to, decimetres, isCanal) in PiecesOf(place))
        {
            if (lengths[to] < lengths[place] && lengths[to] + decimetres == lengths[place] && (withCanals || !isCanal))
            {
                return to;
            }
        }

        return -1;
    }

    /// <summary>Adds the places within a box around a place.</summary>
    /// <param name="at">The middle.</param>
    /// <param name="cells">Half its height, half degrees, 1 or more; it is wider in longitude as far as the meridians are closer.</param>
    /// <param name="found">Takes their numbers.</param>
    public void AddNear(Position at, int cells, List<int> found) => Add(at, cells, found, null);

    /// <summary>Adds the places at the ends of all lanes that touch a box around a place, each once.</summary>
    /// <param name="at">The middle.</param>
    /// <param name="cells">As for <see cref="AddNear"/>.</param>
    /// <param name="found">Takes their numbers.</param>
    public void AddJoins(Position at, int cells, List<int> found)
    {
        Add(at, cells, found, _joins);
        found.Sort();
        var kept = 0;
        for (var i = 0; i < found.Count; i++)
        {
            if (kept == 0 || found[i] != found[kept - 1])
            {
                found[kept++] = found[i];
            }
        }

        found.RemoveRange(kept, found.Count - kept);
    }

    private void Add(Position at, int cells, List<int> found, int[]? listed)
    {
        var starts = listed is null ? _cellStarts : _joinStarts;
        var cosine = Math.Max(0.02, FlatDistance.CosineOfLatitude(at.LatitudeE7));
        var (row, column) = (RowOf(at), ColumnOf(at));
        var columns = Math.Min(Columns / 2, (int)Math.Ceiling(cells / cosine));
        var last = columns == Columns / 2 ? column + columns - 1 : column + columns;
        for (var y = Math.Max(0, row - cells); y <= Math.Min(Rows - 1, row + cells); y++)
        {
            for (var x = column - columns; x <= last; x++)
            {
                var cell = (y * Columns) + ((x + (2 * Columns)) % Columns);
                for (var i = starts[cell]; i < starts[cell + 1]; i++)
                {
                    found.Add(listed is null ? i : listed[i]);
                }
            }
        }
    }

    private ReadOnlySpan<(int To, int Decimetres, bool IsCanal)> PiecesOf(int place) =>
        _pieces.AsSpan(_starts[place].._starts[place + 1]);

    // Every quarter of a degree: a cell that a piece only cuts a corner off may be left out.
    private static IEnumerable<int> CellsOf(Position from, Position to)
    {
        var (north, east) = ((long)to.LatitudeE7 - from.LatitudeE7, Longitudes.Delta(from.LongitudeE7, to.LongitudeE7));
        var steps = (Math.Max(Math.Abs(north), Math.Abs(east)) / (Position.UnitsPerDegree / 4)) + 1;
        for (long step = 0; step <= steps; step++)
        {
            yield return CellOf(new Position(
                (int)(from.LatitudeE7 + (north * step / steps)), Longitudes.Wrap(from.LongitudeE7 + (east * step / steps))));
        }
    }

    private static int CellOf(Position at) => (RowOf(at) * Columns) + ColumnOf(at);

    private static int RowOf(Position at) => (int)Math.Clamp((at.LatitudeE7 + 900_000_000L) / (Position.UnitsPerDegree / 2), 0, Rows - 1);

    private static int ColumnOf(Position at) => (int)((at.LongitudeE7 + 1_800_000_000L) / (Position.UnitsPerDegree / 2) % Columns);
}

/// <summary>The canals that a ship may also go round: Suez, Panama and Kiel.</summary>
internal static class SeaCanals
{
    private static readonly (double South, double West, double North, double East)[] Boxes =
        [(29.9, 31.9, 31.25, 32.7), (8.8, -80.0, 9.4, -79.4), (54.0, 9.2, 54.36, 10.14)];

    /// <summary>The middle of a piece lies in one of them.</summary>
    public static bool Has(Position from, Position to)
    {
        var latitude = (from.LatitudeDegrees + to.LatitudeDegrees) / 2;
        var longitude = from.LongitudeDegrees + (Longitudes.Delta(from.LongitudeE7, to.LongitudeE7) / 2e7);
        return Array.Exists(Boxes, box => latitude > box.South && latitude < box.North && longitude > box.West && longitude < box.East);
    }
}
