using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Orchestration;

internal static class OrchestrationServices
{
    public static IServiceCollection AddOrchestration(this IServiceCollection services) => services
        .AddSingleton<PortAllocator>()
        .AddSingleton<ProcessGuard>()
        .AddSingleton<ProcessPlanner>()
        .AddSingleton<HealthMonitor>()
        .AddSingleton<ResourceSnapshots>()
        .AddSingleton<OutputForwarder>()
        .AddSingleton<ResourceRunners>()
        .AddHostedService<Orchestrator>();
}
