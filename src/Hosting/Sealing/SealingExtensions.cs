using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Sealing;

namespace Waybill.Hosting.Sealing;

public static class SealingExtensions
{
    /// <summary>Adds <see cref="Sealer"/>, with the keys of the section <see cref="SealingOptions.SectionName"/>.</summary>
    public static IHostApplicationBuilder AddSealing(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<SealingOptions>, SealingOptionsValidator>();
        builder.Services.AddOptions<SealingOptions>().BindConfiguration(SealingOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton(services => new Sealer(
            [.. services.GetRequiredService<IOptions<SealingOptions>>().Value.Keys.Select(key => new SealingKey(key.Id, SealingOptionsValidator.Parse(key.Key)!))]));

        return builder;
    }
}
