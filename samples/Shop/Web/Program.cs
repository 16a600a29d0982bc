using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenTelemetry;
using Waybill.Client;
using Waybill.Client.EntityFrameworkCore;
using Waybill.Samples.Shop;

var builder = WebApplication.CreateBuilder(args);
var postgreSql = builder.Configuration.GetConnectionString("shop");
var sqlite = builder.Configuration["Shop:Database"] ?? "shop.db";
var warehouse = builder.Configuration["Warehouse:Url"] ?? throw new InvalidOperationException("Set Warehouse:Url, the address of the warehouse.");

builder.Services.AddDbContext<ShopDb>(options => _ = postgreSql is null ? options.UseSqlite($"Data Source={sqlite}") : options.UseNpgsql(postgreSql));
builder.Services.AddWaybillClient();
builder.Services.AddWaybillOutbox<ShopDb>();
builder.Services.AddOpenTelemetry()
    .WithTracing(traces => traces.AddSource("Microsoft.AspNetCore", "System.Net.Http", OutboxTelemetry.Name))
    .UseOtlpExporter();

var app = builder.Build();

using (var scope = app.Services.CreateScope())
{
    await scope.ServiceProvider.GetRequiredService<ShopDb>().Database.EnsureCreatedAsync();
}

app.MapGet("/health", () => Results.Ok());

app.MapPost("/orders", async (ShopDb db) =>
{
    var order = new Order();
    await using var transaction = await db.Database.BeginTransactionAsync();
    db.Orders.Add(order);
    await db.SaveChangesAsync();

    // One transaction: both or neither.
    db.Notify(new NotificationDraft { Url = $"{warehouse}/orders", Payload = JsonSerializer.SerializeToElement(new { order = order.Id }), CorrelationId = order.Reference.ToString() });
    await db.SaveChangesAsync();
    await transaction.CommitAsync();

    return Results.Redirect("/");
});

app.MapGet("/", async (ShopDb db, WaybillClient waybill, CancellationToken cancellationToken) =>
{
    const int Shown = 10;
    var rows = new List<(Order, string)>();

    foreach (var order in await db.Orders.OrderByDescending(order => order.Id).Take(Shown).ToListAsync(cancellationToken))
    {
        rows.Add((order, await OutcomeAsync(order, waybill, cancellationToken)));
    }

    return Results.Content(Page.Of(rows), "text/html; charset=utf-8");
});

await app.RunAsync();

static async Task<string> OutcomeAsync(Order order, WaybillClient waybill, CancellationToken cancellationToken)
{
    await foreach (var notification in waybill.ListAsync(new NotificationFilter { CorrelationId = order.Reference.ToString() }, cancellationToken))
    {
        return notification.Status.ToString();
    }

    return "in the outbox";
}
