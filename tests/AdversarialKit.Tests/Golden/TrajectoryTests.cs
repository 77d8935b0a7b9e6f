using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

/// <summary>Whole training runs that PyTorch computed, replayed through the public API.</summary>
public sealed class TrajectoryTests
{
    [Theory]
    [InlineData("traj_01_keras.json")]
    [InlineData("traj_02_joint.json")]
    [InlineData("traj_03_wgan_gp.json")]
    [InlineData("traj_06_ns_r1.json")]
    public void Trajectory_InFloat64AndFloat32_AgreesInEveryRecordedValue(string file)
    {
        var expected = GoldenFile.Read(file).GetProperty("expected");
        foreach (var (type, name) in new[] { (ScalarType.Float64, "float64"), (ScalarType.Float32, "float32") })
        {
            using var replay = new TrajectoryReplay(file, type);
            replay.Compare(expected.GetProperty(name));
        }
    }

    [Theory]
    [InlineData("torch_adam", nameof(TrajectoryReplay.Variant.TorchAdam))]
    [InlineData("keras_shared_step", nameof(TrajectoryReplay.Variant.SharedCounter))]
    [InlineData("bn_keras_1.001", nameof(TrajectoryReplay.Variant.KerasVariance))]
    [InlineData("bn_biased", nameof(TrajectoryReplay.Variant.BiasedVariance))]
    public void KerasTrajectory_EachVariant_AgreesInEveryRecordedValue(string recorded, string variant)
    {
        const string File = "traj_01_keras.json";
        var expected = GoldenFile.Read(File).GetProperty("variants").GetProperty(recorded);
        using var replay = new TrajectoryReplay(File, ScalarType.Float64, Enum.Parse<TrajectoryReplay.Variant>(variant));
        replay.Compare(expected);
    }
}
