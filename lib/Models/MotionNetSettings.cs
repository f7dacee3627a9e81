using System.Text.Json;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Models;

/// <summary>What the file beside a motion model's weights says of them.</summary>
/// <param name="Name">What it is called where a line names it.</param>
/// <param name="Version">Its version, from 1.</param>
/// <param name="Hash">SHA-256 of the weights, 64 hexadecimal digits.</param>
/// <param name="Ways">How many ways each mixture has, 1 to <see cref="Mixture.WaysMax"/>.</param>
/// <param name="Masses">The masses of its regions.</param>
/// <param name="Score">How the ways of ships are scored with it.</param>
/// <param name="More">The whole file, with what this program does not know.</param>
public sealed record MotionNetSettings(
    string Name, int Version, string Hash, int Ways, RegionMasses Masses, WayScoreSettings Score, JsonElement More);
