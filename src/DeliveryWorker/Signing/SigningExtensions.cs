using Microsoft.Extensions.Options;

namespace Waybill.DeliveryWorker.Signing;

internal static class SigningExtensions
{
    public static void AddSigning(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<SigningOptions>, SigningOptionsValidator>();
        builder.Services.AddOptions<SigningOptions>().BindConfiguration(SigningOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton<Signer>();
    }
}
