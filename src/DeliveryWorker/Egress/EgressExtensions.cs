using System.Net;
using Microsoft.Extensions.Options;

namespace Waybill.DeliveryWorker.Egress;

internal static class EgressExtensions
{
    public static void AddEgress(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<EgressOptions>, EgressOptionsValidator>();
        builder.Services.AddOptions<EgressOptions>().BindConfiguration(EgressOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();

        builder.Services.AddSingleton<EgressGuard>();
        builder.Services.AddSingleton<GuardedConnector>();
        builder.Services.AddSingleton<HostResolver>((host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken));
        builder.Services.AddSingleton(services => GuardedHandler.CreateInvoker(
            services.GetRequiredService<GuardedConnector>(),
            TlsPolicy.Create(),
            services.GetRequiredService<IOptions<EgressOptions>>().Value));
    }
}
