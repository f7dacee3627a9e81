using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MaritimeWatch.Tracks;

/// <summary>A kept point of a track.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TrackPoint
{
    public int LatitudeE7;
    public int LongitudeE7;

    /// <summary>Milliseconds since the piece began; a piece is shorter than 24 days.</summary>
    public int AfterMs;
    public short SpeedDeciKnots;

    /// <summary>Course over ground, 0.1 degree, and one; 0 where it is not known, as in what was kept before courses were.</summary>
    public short CourseCode;
}

/// <summary>Points in chained blocks of eight, so that a vessel takes only what its open pieces need.</summary>
internal sealed class PointPool
{
    private const int BlockPoints = 8;
    private readonly Pool<Block> _blocks = new();

    public void Append(ref TrackPiece piece, TrackPoint point)
    {
        var at = piece.Points % BlockPoints;
        if (at == 0)
        {
            var block = _blocks.Take() + 1;
            if (piece.FirstBlock == 0)
            {
                piece.FirstBlock = block;
            }
            else
            {
                _blocks[piece.LastBlock - 1].Next = block;
            }

            piece.LastBlock = block;
        }

        _blocks[piece.LastBlock - 1].Points[at] = point;
        piece.Points++;
    }

    /// <summary>Copies the points of a piece from a point on; returns how many.</summary>
    public int Copy(in TrackPiece piece, int from, Span<TrackPoint> target)
    {
        var count = 0;
        var number = 0;
        for (var block = piece.FirstBlock; block != 0; block = _blocks[block - 1].Next)
        {
            for (var i = 0; i < BlockPoints && number < piece.Points; i++, number++)
            {
                if (number >= from)
                {
                    target[count++] = _blocks[block - 1].Points[i];
                }
            }
        }

        return count;
    }

    /// <summary>Gives the blocks back and empties the piece.</summary>
    public void Release(ref TrackPiece piece)
    {
        for (var block = piece.FirstBlock; block != 0;)
        {
            var next = _blocks[block - 1].Next;
            _blocks.Free(block - 1);
            block = next;
        }

        piece = default;
    }

    public void Clear() => _blocks.Clear();

    private struct Block
    {
        public Eight Points;
        public int Next;
    }

    [InlineArray(BlockPoints)]
    private struct Eight
    {
        private TrackPoint _first;
    }
}
