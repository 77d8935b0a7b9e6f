using System.ComponentModel.DataAnnotations;

namespace DigitService;

/// <summary>The section <c>Digits</c> of the configuration: <c>--Digits:Iterations 100</c>, <c>Digits__Iterations=100</c> in the environment, or <c>appsettings.json</c>.</summary>
internal sealed class DigitOptions
{
    public const string Section = "Digits";

    /// <summary>The directory of the checkpoints.</summary>
    [Required]
    public string Checkpoints { get; set; } = Path.Combine("runs", "digits");

    /// <summary>Whether this process trains where the checkpoint has fewer iterations than it should; else it waits for one and serves.</summary>
    public bool Train { get; set; } = true;

    /// <summary>How long the training is: about a minute.</summary>
    [Range(1, 1_000_000)]
    public int Iterations { get; set; } = 2_000;

    /// <summary>Iterations between two checkpoints, each of which is served at once.</summary>
    [Range(1, 1_000_000)]
    public int CheckpointInterval { get; set; } = 100;

    /// <summary>How many digits are drawn to learn from.</summary>
    [Range(32, 1_000_000)]
    public int Drawn { get; set; } = 20_000;

    /// <summary>Of weights, latents and drawn digits.</summary>
    public long Seed { get; set; } = 1;

    /// <summary>The most digits in an answer.</summary>
    [Range(1, 10_000)]
    public int LargestCount { get; set; } = 256;
}
