using System.Security.Cryptography;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Models;

/// <summary>
/// The learned motion model: weights in <c>NAME.onnx</c>, and beside them <c>NAME.json</c> that says what they are. Weights
/// whose hash or shape is not the one named there are refused. It runs on the caller's thread in batches of
/// <see cref="BatchRows"/> rows, always that many, so that a row gives the same bits on the same processor whatever is asked
/// with it. Safe to call from several threads.
/// </summary>
public sealed class MotionNet : IMotionModel, IDisposable
{
    /// <summary>Rows of every run; missing ones are zeros.</summary>
    public const int BatchRows = 64;

    /// <summary>The largest file of weights, bytes: 5 MB are asked for, a little more is taken.</summary>
    public const long WeightsBytesMax = 16 << 20;

    private readonly MotionSession session;

    private MotionNet(MotionNetSettings settings, MotionSession session) => (Settings, this.session) = (settings, session);

    /// <summary>What describes it.</summary>
    public MotionNetSettings Settings { get; }

    /// <inheritdoc/>
    public string Name => Settings.Name;

    /// <inheritdoc/>
    public int Version => Settings.Version;

    /// <inheritdoc/>
    public RegionMasses Masses => Settings.Masses;

    /// <inheritdoc/>
    public WayScoreSettings Score => Settings.Score;

    /// <summary>Runs of ONNX Runtime so far, each of <see cref="BatchRows"/> rows; one is made when it is loaded.</summary>
    public long Runs => session.Runs;

    /// <summary>Where the weights lie that came with the program.</summary>
    public static string ShippedPath => Path.Combine(AppContext.BaseDirectory, "weights", "motion.onnx");

    /// <summary>Loads weights and what describes them.</summary>
    /// <param name="path">The <c>.onnx</c> file; the <c>.json</c> of the same name lies beside it.</param>
    /// <exception cref="ModelException">There is no runtime, a file is absent or damaged, or hash or shape are others.</exception>
    public static MotionNet Load(string path)
    {
        var sidecar = Path.ChangeExtension(path, ".json");
        var (weights, described) = (WeightsFile.Read(path, WeightsBytesMax), WeightsFile.Read(sidecar, WeightsBytesMax));
        var settings = MotionNetSidecar.Parse(described, Path.GetFileName(sidecar));
        var hash = Convert.ToHexStringLower(SHA256.HashData(weights));
        if (!hash.Equals(settings.Hash, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelException(
                $"{Path.GetFileName(path)} is not the model that {Path.GetFileName(sidecar)} describes: its SHA-256 is {hash}, not {settings.Hash}; take both from the same release");
        }

#pragma warning disable CA2000 // The model that is returned owns the session.
        return new MotionNet(settings, MotionSession.Load(weights, Path.GetFileName(path), settings.Ways));
#pragma warning restore CA2000
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">The runtime refuses, or what comes out is no distribution.</exception>
    public MotionForecasts Forecast(MotionBatch batch)
    {
        var (rows, ways) = (batch.Count, Settings.Ways);
        float[][] made =
        [
            new float[rows * MotionSteps.Count * 2], new float[rows * ways], new float[rows * ways * MotionSteps.Count * 2],
            new float[rows * ways * MotionSteps.Count * 3],
        ];
        session.Run(batch, made);
        return new MotionForecasts(batch.Origins, ways, Masses, made[0], made[1], made[2], made[3]);
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();
}
