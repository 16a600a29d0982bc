using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Waybill.Hosting.Egress;

public static class EgressExtensions
{
    /// <summary>Adds <see cref="EgressGuard"/>, configured by the section <see cref="EgressOptions.SectionName"/>.</summary>
    public static IHostApplicationBuilder AddEgressGuard(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<EgressOptions>, EgressOptionsValidator>();
        builder.Services.AddOptions<EgressOptions>().BindConfiguration(EgressOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<EgressGuard>();
        return builder;
    }
}
