using System.Globalization;
using AdversarialKit;

namespace Tables;

/// <summary>Categories and dates above all: what is bought, when in the year, where it goes, how it is paid for and whether it comes back.</summary>
internal static class Orders
{
    public static Law Law { get; } = new("orders", "returned", Draw);

    private static Table Draw(int rows, int seed)
    {
        var draws = new Draws(seed);
        for (var row = 0; row < rows; row++)
        {
            AddOrder(draws);
        }

        return draws.ToTable();
    }

    private static void AddOrder(Draws draws)
    {
        var day = new DateTime(2024, 1, 1).AddDays(Math.Floor(366 * draws.Uniform()));
        var winter = day.Month is <= 2 or >= 11;
        var article = draws.Pick(("coat", winter ? 6.0 : 0.3), ("shirt", winter ? 1 : 5), ("shoes", 3), ("book", 2), ("voucher", day.Month == 12 ? 5 : 0.3));
        var country = draws.Pick(("DE", 5.0), ("FR", 3), ("PL", 2), ("AT", 1.5), ("SE", winter ? 2 : 0.5));
        var member = draws.Chance(country is "DE" or "AT" ? 0.7 : 0.2);
        var quantity = article == "book" ? Math.Min(9, 1 + Math.Floor(-Math.Log(1 - draws.Uniform()) * 2)) : draws.Chance(0.15) ? 2 : 1;
        var price = article switch
        {
            "coat" => 160 + (25 * draws.Normal()),
            "shoes" => (member ? 75 : 95) + (12 * draws.Normal()),
            "shirt" => 32 + (6 * draws.Normal()),
            "book" => 14 + (3 * draws.Normal()),
            _ => draws.Pick((20.0, 3.0), (50, 2), (100, 1)),
        };
        var express = draws.Chance(member ? 0.6 : 0.1);
        var payment = country switch { "DE" or "AT" => draws.Pick(("invoice", 6.0), ("card", 2), ("wallet", 2)), "PL" => draws.Pick(("transfer", 7.0), ("card", 3)), _ => draws.Pick(("card", 7.0), ("wallet", 3)) };
        var clothes = article is "coat" or "shirt" or "shoes";
        // Either "on invoice" or "express", not both, is what brings clothes back.
        var returned = draws.Chance(!clothes ? 0.02 : (payment == "invoice") ^ express ? 0.6 : 0.12);
        draws.Add("ordered", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        draws.Add("delivered", day.AddDays(express ? 1 : 3 + Math.Floor(4 * draws.Uniform())).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        draws.Add("article", article);
        draws.Add("country", country);
        draws.Add("member", member);
        draws.Add("quantity", quantity);
        draws.Add("price", Math.Max(2, price), 2);
        draws.Add("size", clothes ? draws.Pick(("S", member ? 3.0 : 1), ("M", 3), ("L", 2)) : null);
        draws.Add("express", express);
        draws.Add("payment", payment);
        draws.Add("returned", returned);
    }
}
