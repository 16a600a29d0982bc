using System.Globalization;
using System.Text.Encodings.Web;

namespace Waybill.Samples.Shop;

/// <summary>One button, and the newest orders with what became of their webhooks.</summary>
internal static class Page
{
    private const string Style = """
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; color: #1f2328; background: #fff }
        button { font: inherit; padding: .6rem 1.4rem; border: 0; border-radius: .4rem; background: #0b57d0; color: #fff; cursor: pointer }
        table { width: 100%; margin-top: 2rem; border-collapse: collapse }
        th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #d1d9e0 }
        th { font-weight: 600 }
        p { color: #59636e }
        """;

    /// <param name="orders">The newest first, each with what became of it.</param>
    public static string Of(IEnumerable<(Order Order, string Outcome)> orders) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="3"><title>Shop</title><style>{Style}</style></head>
        <body>
        <h1>Shop</h1>
        <p>An order and its webhook are saved in one transaction. Waybill delivers it to the warehouse.</p>
        <form method="post" action="/orders"><button>Order</button></form>
        <table>
        <thead><tr><th>Order</th><th>Placed</th><th>Webhook to the warehouse</th></tr></thead>
        <tbody>{string.Concat(orders.Select(Row))}</tbody>
        </table>
        </body>
        </html>
        """;

    private static string Row((Order Order, string Outcome) row) => string.Create(
        CultureInfo.InvariantCulture,
        $"<tr><td>{row.Order.Id}</td><td>{row.Order.PlacedAt:HH:mm:ss}</td><td>{HtmlEncoder.Default.Encode(row.Outcome)}</td></tr>");
}
