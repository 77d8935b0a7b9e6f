using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MnistGan;

/// <summary>What stands beside the bar; 80 columns hold it.</summary>
internal sealed class ProgressColumns : ProgressColumn
{
    private volatile ProgressState _state = ProgressState.None;

    /// <summary>The numbers to show next.</summary>
    public ProgressState State
    {
        get => _state;
        set => _state = value;
    }

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        var state = State;
        if (state.Evaluated is { } share)
        {
            return new Text(string.Create(CultureInfo.InvariantCulture, $"{state.Iteration}/{task.MaxValue:F0} judging samples: {100 * share:F0} %"));
        }

        return new Text(string.Create(
            CultureInfo.InvariantCulture,
            $"{state.Iteration}/{task.MaxValue:F0} {state.Rate:F0} it/s {Wording.Span(state.Left)} left D {state.DiscriminatorLoss:F3} acc {100 * state.Accuracy:F0}% G {state.GeneratorLoss:F3}"));
    }
}
