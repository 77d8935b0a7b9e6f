using AdversarialKit;

namespace Tables;

/// <summary>Numbers above all: a machine's day on a curve, two regimes, products and squares that no correlation shows.</summary>
internal static class Sensors
{
    public static Law Law { get; } = new("sensors", "power", Draw);

    private static Table Draw(int rows, int seed)
    {
        var draws = new Draws(seed);
        for (var row = 0; row < rows; row++)
        {
            AddReading(draws);
        }

        return draws.ToTable();
    }

    private static void AddReading(Draws draws)
    {
        var hour = Math.Floor(24 * draws.Uniform());
        var outside = 12 + (8 * Math.Sin((hour - 8) * Math.PI / 12)) + draws.Normal();
        var mode = draws.Pick(("idle", hour is < 6 or > 21 ? 8.0 : 1), ("cut", 3), ("mill", hour > 12 ? 5 : 1));
        var speed = mode switch { "idle" => 0, "cut" => 800 + (60 * draws.Normal()), _ => 2400 + (150 * draws.Normal()) };
        var load = mode == "idle" ? 0 : (draws.Chance(0.5) ? 25 : 70) + (5 * draws.Normal());
        // A product: neither factor alone tells it.
        var power = 0.4 + (speed * load / 9000) + (0.15 * draws.Normal());
        // A valley: vibration is least at the middle load.
        var vibration = 1 + (Math.Pow((load - 47) / 20, 2) * (mode == "idle" ? 0.1 : 1)) + (0.1 * draws.Normal());
        var oil = 30 + (1.5 * power) + (0.6 * outside) + draws.Normal();
        var alarm = vibration > 2 && mode == "mill" && draws.Chance(0.9);
        draws.Add("hour", hour);
        draws.Add("outside", outside, 1);
        draws.Add("mode", mode);
        draws.Add("speed", Math.Max(0, speed));
        draws.Add("load", Math.Max(0, load), 1);
        draws.Add("power", Math.Max(0, power), 2);
        draws.Add("vibration", Math.Max(0, vibration), 2);
        draws.Add("oil", oil, 1);
        draws.Add("alarm", alarm);
    }
}
