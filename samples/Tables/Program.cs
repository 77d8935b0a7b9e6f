using AdversarialKit;
using Tables;

var (rows, epochs) = (int.Parse(args[0]), int.Parse(args[1]));
var law = Insurance.Law;
var (real, heldOut) = (law.Draw(rows, 1), law.Draw(rows, 2));
var utility = new UtilityModel(real, law.Target);
var onReal = utility.Score(real, heldOut);
void Print(string name, Table t) { var x = Trial.Of(name, t, heldOut, utility, onReal); Console.WriteLine($"{name,-12} column {x.Figures.ColumnSimilarity:F4} pair {x.Figures.PairSimilarity:F4} utility {x.UtilityRatio:F4} worst {x.Figures.Pairs.MinBy(p => p.Similarity)} {x.Figures.Columns.MinBy(p => p.Similarity)}"); }
Print("real", real);
Print("independent", IndependentColumns.Sample(real, rows, 3));
Print("copula", new GaussianCopula(real, 3).Sample(rows, 4));
var b = new TableSynthesizerBuilder().WithEpochs(epochs).WithEarlyStop(0, Math.Max(1, epochs / 10));
foreach (var a in args.Skip(2))
{
    var (k, v) = (a.Split('=')[0], a.Split('=')[1]);
    b = k switch
    {
        "pac" => b.WithPacking(int.Parse(v)),
        "batch" => b.WithBatchSize(int.Parse(v)),
        "lr" => b.WithOptimizers(Optimizers.Adam(double.Parse(v), 0.5, 0.9), Optimizers.Adam(double.Parse(v), 0.5, 0.9)),
        "loss" => v == "r1" ? b.WithLoss(AdversarialLoss.NonSaturating(), Penalty.R1(), 1) : v == "hinge" ? b.WithLoss(AdversarialLoss.Hinge(), null) : b.WithLoss(AdversarialLoss.Wasserstein(), Penalty.WganGp(), double.Parse(v)),
        "steps" => b.WithDiscriminatorSteps(int.Parse(v)),
        "ema" => b.WithAverage(v == "0" ? null : Ema.Decay(double.Parse(v))),
        "tau" => b.WithGenerator(temperature: double.Parse(v)),
        "drop" => b.WithDiscriminator(dropout: double.Parse(v)),
        "cond" => b.WithoutConditions(),
        "cal" => b.WithoutCalibration(),
        _ => throw new ArgumentException(a),
    };
}
using var s = b.Fit(real, new Reporter());
Console.WriteLine($"{s.Fitted!.End} {s.Fitted.Iterations} best {s.Fitted.BestIteration} {s.Fitted.Elapsed} cpu {System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime}");
var synthetic = s.Sample(rows);
Print("gan", synthetic);
synthetic.WriteCsv("/tmp/syn.csv");
foreach (var p in TableSimilarity.Compare(heldOut, synthetic).Pairs.OrderBy(p => p.Similarity).Take(8)) Console.WriteLine(p);

sealed class Reporter : IProgress<TableFitProgress>
{
    private TableFigure? _last;
    public void Report(TableFitProgress p) { if (p.Figure != _last) { _last = p.Figure; Console.WriteLine($"{p.Iteration}/{p.TotalIterations} {p.Elapsed.TotalSeconds:F0} s {p.Loss} {p.Figure}"); } }
}
