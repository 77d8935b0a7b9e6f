using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>The options of a group of <see cref="FusedAdam"/>, which take the step counter along into TorchSharp's own state files.</summary>
internal sealed class AdamOptions : OptimizerOptions
{
    private readonly StepCounter _counter;

    public AdamOptions(OptimizerOptions rates, StepCounter counter)
    {
        (LearningRate, InitialLearningRate) = (rates.LearningRate, rates.InitialLearningRate);
        _counter = counter;
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        base.SaveStateDict(writer);
        writer.Write(_counter.Value);
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        base.LoadStateDict(reader);
        _counter.Value = reader.ReadInt64();
    }

    public override void LoadStateDict(OptimizerOptions source)
    {
        base.LoadStateDict(source);
        _counter.Value = (source as AdamOptions)?._counter.Value ?? _counter.Value;
    }
}
