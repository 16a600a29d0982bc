using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi;
using Waybill.ServiceDefaults.Health;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.InternalApi.Batching;

namespace Waybill.StatusService.InternalApi;

internal static class InternalApiExtensions
{
    /// <summary>Listens on the internal port besides the public addresses.</summary>
    public static WebApplicationBuilder AddInternalApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<InternalApiOptions>()
            .BindConfiguration(InternalApiOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddSingleton<BatchedCalls>();
        builder.Services.AddSingleton<CallMemory>();

        return builder;
    }

    /// <summary>The internal API answers on its own port only, and nothing but it and the probes answers there.</summary>
    public static WebApplication UseInternalPort(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<InternalApiOptions>>().Value;

        if (app.Urls.Count == 0)
        {
            var configured = app.Configuration[WebHostDefaults.ServerUrlsKey] ?? "http://localhost:5102";

            foreach (var url in configured.Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                app.Urls.Add(url);
            }
        }

        app.Urls.Add($"http://{options.Host}:{options.Port}");

        app.Use((context, next) =>
        {
            var onInternalPort = context.Connection.LocalPort == options.Port;
            var isInternal = context.Request.Path.StartsWithSegments(StatusRoutes.Prefix);

            if (onInternalPort == isInternal || HealthExtensions.IsProbe(context.Request.Path))
            {
                return next(context);
            }

            return Problem.Create(StatusCodes.Status404NotFound, "not-found", "There is nothing here.").ExecuteAsync(context);
        });

        return app;
    }
}
