using System.Text.Json;
using static AdversarialKit.JsonNumbers;

namespace AdversarialKit;

/// <summary>What an iteration measured, as JSON.</summary>
internal static class MeasuredJson
{
    public static void Write(Utf8JsonWriter json, TrainingProgress progress, bool isOfAGan)
    {
        if (isOfAGan)
        {
            OfGan(json, progress);
        }
        else
        {
            OfSteps(json, progress);
        }
    }

    private static void OfGan(Utf8JsonWriter json, TrainingProgress progress)
    {
        var step = progress.Step;
        Number(json, "discriminatorLoss", step.Discriminator.Loss);
        Number(json, "realLoss", step.Discriminator.RealLoss);
        Number(json, "fakeLoss", step.Discriminator.FakeLoss);
        Number(json, "penalty", step.Discriminator.Penalty);
        Number(json, "auxiliaryLoss", step.Discriminator.AuxiliaryLoss);
        Number(json, "realAccuracy", step.Discriminator.RealAccuracy);
        Number(json, "fakeAccuracy", step.Discriminator.FakeAccuracy);
        Number(json, "realSign", step.Discriminator.RealSign);
        Number(json, "discriminatorGradientNorm", step.Discriminator.GradientNorm);
        Number(json, "generatorLoss", step.Generator.Loss);
        Number(json, "generatorAuxiliaryLoss", step.Generator.AuxiliaryLoss);
        Number(json, "generatorGradientNorm", step.Generator.GradientNorm);
        Number(json, "discriminatorLearningRate", progress.DiscriminatorLearningRate);
        Number(json, "generatorLearningRate", progress.GeneratorLearningRate);
        if (step.Generator.Terms.Count > 0)
        {
            Numbers(json, "generatorTerms", step.Generator.Terms);
        }
    }

    private static void OfSteps(Utf8JsonWriter json, TrainingProgress progress)
    {
        var result = progress.Result!;
        json.WriteStartObject("steps");
        foreach (var (step, rate) in progress.LearningRates)
        {
            json.WriteStartObject(step);
            Number(json, "loss", result[step].Loss);
            Number(json, "gradientNorm", result[step].GradientNorm);
            Number(json, "learningRate", rate);
            Numbers(json, "numbers", result.NumbersOf(step));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, double>> numbers)
    {
        json.WriteStartObject(name);
        foreach (var (number, value) in numbers)
        {
            Number(json, number, value);
        }

        json.WriteEndObject();
    }
}
