using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Client.EntityFrameworkCore;
using Waybill.TestSupport;

namespace Waybill.Outbox.Tests.Support;

/// <summary>An application with the outbox and its relay.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private readonly IHost _host;

    private Shop(IDatabase database, Uri intake, Action<WaybillOutboxOptions>? configure, TimeProvider? time, string apiKey, Action<HostApplicationBuilder>? more)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);

        builder.Logging.AddProvider(Lines);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddWaybillClient(options =>
        {
            (options.IntakeUrl, options.StatusUrl, options.ApiKey) = (intake, intake, apiKey);
            // What is tried again is to be the relay's doing.
            options.MaxAttempts = 1;
        }).UseSocketsHttpHandler((handler, _) => handler.UseProxy = false);
        builder.Services.AddDbContext<ShopDb>(database.Use);
        builder.Services.AddWaybillOutbox<ShopDb>(options =>
        {
            // What it is told of has to be enough, unless a test says otherwise.
            options.PollInterval = Never;
            configure?.Invoke(options);
        });
        more?.Invoke(builder);
        _host = builder.Build();
    }

    public LogLines Lines { get; } = new();

    public IServiceProvider Services => _host.Services;

    public static async Task<Shop> StartAsync(
        IDatabase database,
        Uri intake,
        Action<WaybillOutboxOptions>? configure = null,
        TimeProvider? time = null,
        string apiKey = "key",
        Action<HostApplicationBuilder>? more = null)
    {
        var shop = new Shop(database, intake, configure, time, apiKey, more);

        try
        {
            await shop._host.StartAsync();
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does something with a context of the application.</summary>
    public async Task<T> UseAsync<T>(Func<ShopDb, Task<T>> use)
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<ShopDb>());
    }

    /// <summary>Saves that many orders at once, each with a row that tells of it.</summary>
    /// <returns>The ids of the rows.</returns>
    public Task<IReadOnlyList<Guid>> OrderAsync(int count = 1) => UseAsync(async db =>
    {
        var ids = Orders.Add(db, count);
        await db.SaveChangesAsync();
        return ids;
    });

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
