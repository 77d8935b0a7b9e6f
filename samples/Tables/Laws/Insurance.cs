using System.Globalization;
using AdversarialKit;

namespace Tables;

/// <summary>Policies of 15 columns: two products that age and income part by a curve, premiums of two modes, claims by an exclusive or, missing mileages.</summary>
internal static class Insurance
{
    public static Law Law { get; } = new("insurance", "claim", Draw);

    private static Table Draw(int rows, int seed)
    {
        var draws = new Draws(seed);
        for (var row = 0; row < rows; row++)
        {
            AddPolicy(draws);
        }

        return draws.ToTable();
    }

    private static void AddPolicy(Draws draws)
    {
        var age = Math.Clamp(Math.Round(draws.Chance(0.4) ? 27 + (5 * draws.Normal()) : 52 + (11 * draws.Normal())), 18, 90);
        var region = draws.Pick(("north", 4.0), ("south", 3), ("east", 2), ("west", 1));
        var urban = draws.Chance(region is "north" or "west" ? 0.8 : 0.25);
        var married = draws.Chance(1 / (1 + Math.Exp(-(age - 33) / 4)));
        var children = married ? Math.Min(5, Math.Floor(-Math.Log(1 - draws.Uniform()) * 1.6)) : draws.Chance(0.1) ? 1 : 0;
        // Income rises with age and falls again: no rank correlation tells.
        var income = 100 * Math.Round(Math.Exp(10.6 - (Math.Pow((age - 50) / 30, 2) * 1.2) + (0.25 * draws.Normal())) / 100);
        var product = draws.Chance(1 / (1 + Math.Exp(-((income - 25_000) / 4000)))) ? "full" : "basic";
        var car = product == "full"
            ? draws.Pick(("estate", 3.0 + children), ("sedan", 3), ("sports", urban ? 3 : 1))
            : draws.Pick(("small", 5.0), ("sedan", 2), ("estate", children));
        var power = Math.Round((car switch { "sports" => 200, "estate" => 120, "sedan" => 100, _ => 60 } + (8 * draws.Normal())) / 5) * 5;
        var carAge = Math.Round(product == "full" ? -Math.Log(1 - draws.Uniform()) * 2 : 8 + (2.5 * draws.Normal()));
        var mileage = Math.Max(500, (urban ? 8000 : 19_000) + (2500 * draws.Normal()));
        // Exactly one of "in town" and "a strong car" is what makes the claims.
        var risky = urban ^ (power > 110);
        var claim = draws.Chance(risky ? 0.75 : 0.06);
        var amount = claim ? Math.Exp(6 + (power / 100) + (0.3 * draws.Normal())) : 0;
        var premium = (product == "full" ? 620 : 240) + (2 * power) + (risky ? 150 : 0) + (age < 25 ? 200 : 0) + (20 * draws.Normal());
        draws.Add("age", age);
        draws.Add("region", region);
        draws.Add("urban", urban);
        draws.Add("married", married);
        draws.Add("children", children);
        draws.Add("income", income);
        draws.Add("product", product);
        draws.Add("car", car);
        draws.Add("power", Math.Max(40, power));
        draws.Add("car age", Math.Clamp(carAge, 0, 20));
        draws.Add("mileage", draws.Chance(product == "basic" ? 0.3 : 0.05) ? null : Math.Round(mileage).ToString(CultureInfo.InvariantCulture));
        draws.Add("paid by", draws.Pick(("bank", urban ? 3.0 : 1), ("card", age < 40 ? 3 : 0.5), ("bill", age > 60 ? 3 : 0.3)));
        draws.Add("premium", premium, 2);
        draws.Add("claim", claim);
        draws.Add("amount", amount, 2);
    }
}
