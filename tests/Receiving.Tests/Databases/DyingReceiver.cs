using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Receiving.EntityFrameworkCore;
using Waybill.Receiving.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.Receiving.Tests.Databases;

/// <summary>A receiver in a process of its own, which kills itself (SIGKILL) while it handles a webhook.</summary>
internal static class DyingReceiver
{
    /// <summary>The order and the id are written, and not committed.</summary>
    public const string BeforeItsEnd = "before-its-end";

    /// <summary>They are committed, and nothing is answered.</summary>
    public const string BeforeItsAnswer = "before-its-answer";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    /// <summary>Starts it, and sends it the call of which it dies.</summary>
    public static async Task DieAsync(string connectionString, string moment, Call call)
    {
        await using var process = await PrintingProcess.StartAsync(typeof(DyingReceiver).Assembly.Location, [connectionString, moment], line => Uri.IsWellFormedUriString(line, UriKind.Absolute));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(process.Lines.First()) };
        using var request = (call with { Timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds() }).ToRequest();

        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(request));
        await process.EndsAsync();
    }

    /// <param name="arguments">The connection string of a database that is there, and when to die.</param>
    public static async Task Main(string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<ShopDb>(options => options.UseSqlite(arguments[0]).AddInterceptors(new Death(arguments[1])));
        builder.Services.AddWebhookDeduplication<ShopDb>();
        await using var app = builder.Build();

        app.MapWebhook("/hook", async (Webhook webhook, ShopDb db) =>
        {
            db.Orders.Add(new PaidOrder { WebhookId = webhook.Id });
            await db.SaveChangesAsync();
        }).VerifyStandardWebhook(Call.Secret).WithoutRepeats();

        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());

        // It must not outlive the test that it belongs to.
        await app.WaitForShutdownAsync(new CancellationTokenSource(Deadline).Token);
    }

    private sealed class Death(string moment) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            System.Data.Common.DbTransaction transaction,
            TransactionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default)
        {
            if (moment == BeforeItsEnd)
            {
                Process.GetCurrentProcess().Kill();
            }

            return ValueTask.FromResult(result);
        }

        public override Task TransactionCommittedAsync(System.Data.Common.DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (moment == BeforeItsAnswer)
            {
                Process.GetCurrentProcess().Kill();
            }

            return Task.CompletedTask;
        }
    }
}
