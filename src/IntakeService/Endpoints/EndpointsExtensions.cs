using Waybill.Hosting.Egress;
using Waybill.Hosting.Endpoints;

namespace Waybill.IntakeService.Endpoints;

internal static class EndpointsExtensions
{
    public static void AddEndpoints(this IHostApplicationBuilder builder)
    {
        builder.AddEgressGuard();
        builder.Services.AddSingleton<EndpointReader>();
        builder.Services.AddSingleton<EndpointOutcomes>();
    }
}
