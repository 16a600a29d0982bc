using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Waybill.Receiving.Repeats;

namespace Waybill.Receiving.EntityFrameworkCore;

public static class DatabaseDeduplicationServices
{
    /// <summary>
    /// What <c>WithoutRepeats</c> remembers is written in the transaction of what the handler writes with the same <typeparamref name="TContext"/>: either both are there, or neither is,
    /// also after a crash. Rows older than <see cref="WebhookOptions.RememberHours"/> are removed every hour.
    /// </summary>
    /// <typeparam name="TContext">Registered by <c>AddDbContext</c>; its model has <see cref="ReceivedWebhookModel.AddReceivedWebhooks"/>. Any relational provider.</typeparam>
    public static IServiceCollection AddWebhookDeduplication<TContext>(this IServiceCollection services)
        where TContext : DbContext
    {
        services.AddWebhooks();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<IWebhookDeduplication, DatabaseDeduplication<TContext>>();
        services.AddHostedService<OldRowRemoval<TContext>>();
        return services;
    }
}
