namespace MaritimeWatch.Recognition;

/// <summary>What a learned ship detector takes, gives and was made for; read from the file beside its weights.</summary>
public sealed record ShipNetSettings
{
    /// <summary>The most bands of input.</summary>
    public const int InputsMax = 16;

    /// <summary>What lines call it: <c>ship-sar</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the weights, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>SHA-256 of the weights' file, 64 lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>The bands that it takes, in its order; 1 to <see cref="InputsMax"/>.</summary>
    public required IReadOnlyList<SceneBand> Inputs { get; init; }

    /// <summary>Pixels between two cells of its output, each way; 1 to 32.</summary>
    public required int Stride { get; init; }

    /// <summary>Width and height of its input are multiples of it, pixels; a multiple of the stride, to 256.</summary>
    public required int Multiple { get; init; }

    /// <summary>Edge of the part of a large scene that one view answers for, pixels; a multiple of <see cref="Multiple"/>, to 2,048.</summary>
    public required int Window { get; init; }

    /// <summary>How far a view sees beyond that part, pixels; a multiple of <see cref="Multiple"/>, to 512.</summary>
    public required int Margin { get; init; }

    /// <summary>How numbers of a scene become numbers of its input.</summary>
    public required ViewNorm Norm { get; init; }

    /// <summary>Detections of less confidence are left out of scenes, thousandths, 0 to 1000.</summary>
    public required int ThresholdMilli { get; init; }

    /// <summary>Of two boxes that overlap by more than so much the surer is the ship, thousandths of their union, 0 to 1000.</summary>
    public required int NmsIouMilli { get; init; }

    /// <summary>Multiplications and additions for a pixel of input; 0 where nobody says.</summary>
    public int MacsPerPixel { get; init; }

    /// <summary>
    /// Measured on whole scenes, small boats and fixed structures included, and good enough to be taken there unasked;
    /// default false: chips alone do not show what is lost of echoes of two pixels.
    /// </summary>
    public bool IsForScenes { get; init; }

    /// <summary>True for radar.</summary>
    public bool IsRadar => Inputs[0] == SceneBand.Amplitude;
}
