using System.Text.Json.Serialization;
using Waybill.Notifications.Json;

namespace Waybill.StatusService;

internal static class NotificationsJsonExtensions
{
    /// <summary>
    /// Makes endpoints read and write JSON as <see cref="NotificationsJson"/> does. Unknown fields of what people send are refused; calls between
    /// services are read by <see cref="InternalApi.Contract"/>, which passes them over.
    /// </summary>
    public static IServiceCollection AddNotificationsJson(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, NotificationsJson.Default);
            options.SerializerOptions.Converters.Add(new Rfc3339Converter());
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
}
