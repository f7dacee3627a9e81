using System.Runtime.InteropServices;

namespace MaritimeWatch.Stores;

/// <summary>Unpacks Zstandard (RFC 8878) through the system's libzstd, a piece at a time.</summary>
internal sealed partial class ZstdStream : Stream
{
    private const string Missing =
        "this file is packed with Zstandard and libzstd.so.1 is absent: apt-get install libzstd1, or unpack it first";

    private readonly Stream _packed;
    private readonly byte[] _input = new byte[1 << 17];
    private nint _context;
    private int _inputAt;
    private int _inputEnd;
    private bool _isMidFrame;

    public ZstdStream(Stream packed)
    {
        _packed = packed;
        try
        {
            _context = ZSTD_createDStream();
        }
        catch (DllNotFoundException e)
        {
            throw new IOException(Missing, e);
        }

        if (_context == 0)
        {
            throw new IOException("libzstd has no memory left");
        }
    }

    ~ZstdStream() => Dispose(disposing: false);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override unsafe int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        while (!buffer.IsEmpty)
        {
            if (_inputAt == _inputEnd)
            {
                _inputAt = 0;
                _inputEnd = _packed.Read(_input);
                if (_inputEnd == 0 && !_isMidFrame)
                {
                    return 0;
                }
            }

            fixed (byte* source = _input)
            fixed (byte* target = buffer)
            {
                var input = new Buffer { Bytes = source, Size = (nuint)_inputEnd, At = (nuint)_inputAt };
                var output = new Buffer { Bytes = target, Size = (nuint)buffer.Length, At = 0 };
                var answer = ZSTD_decompressStream(_context, ref output, ref input);
                if (ZSTD_isError(answer) != 0)
                {
                    throw new InvalidDataException("the Zstandard data are damaged");
                }

                var wasEnd = _inputEnd == 0;
                _inputAt = (int)input.At;
                _isMidFrame = answer != 0;
                if (output.At > 0)
                {
                    return (int)output.At;
                }

                if (wasEnd && _isMidFrame)
                {
                    throw new EndOfStreamException("the Zstandard data end early");
                }
            }
        }

        return 0;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (_context != 0)
        {
            _ = ZSTD_freeDStream(_context);
            _context = 0;
        }

        if (disposing)
        {
            _packed.Dispose();
        }

        base.Dispose(disposing);
    }

    [LibraryImport("libzstd.so.1")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ZSTD_createDStream();

    [LibraryImport("libzstd.so.1")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint ZSTD_freeDStream(nint context);

    [LibraryImport("libzstd.so.1")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint ZSTD_decompressStream(nint context, ref Buffer output, ref Buffer input);

    [LibraryImport("libzstd.so.1")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint ZSTD_isError(nuint code);

    // ZSTD_inBuffer and ZSTD_outBuffer have the same shape.
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Buffer
    {
        public byte* Bytes;
        public nuint Size;
        public nuint At;
    }
}
