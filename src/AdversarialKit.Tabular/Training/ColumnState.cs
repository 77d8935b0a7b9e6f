using System.Globalization;

namespace AdversarialKit;

/// <summary>A column in a synthesizer's file.</summary>
internal sealed record ColumnState(TableColumnInfo Info, int Decimals, string? DateFormat, CategoryCodecState? Categories, NumberCodecState? Numbers, IdentifierRenewal? Renewal)
{
    public static ColumnState Of(ColumnPlan plan) => new(
        plan.Info, plan.Info.Decimals, plan.Info.DateFormat, (plan.Codec as CategoryCodec)?.State, (plan.Codec as NumberCodec)?.State, plan.Renewal);

    public ColumnPlan ToPlan(CultureInfo culture)
    {
        var info = Info with { Decimals = Decimals, DateFormat = DateFormat };
        return new ColumnPlan(info)
        {
            Codec = Categories is { } categories ? new CategoryCodec(categories)
                : Numbers is { } numbers ? new NumberCodec(new NumberFormat(info, culture), numbers) : null,
            Renewal = Renewal,
        };
    }
}
