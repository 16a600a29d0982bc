using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Dashboard;

internal static class DashboardServices
{
    public static IServiceCollection AddDashboard(
        this IServiceCollection services,
        IHostApplicationBuilder host,
        string appHostDirectory) =>
        services
            .AddSingleton(provider => new DashboardBundle(host.Configuration, appHostDirectory))
            .AddSingleton<DashboardSettings>()
            .AddSingleton<OtlpEnvironment>()
            .AddSingleton<ResourceService>()
            .AddSingleton<ResourceServiceServer>()
            .AddSingleton<DashboardHost>();
}
