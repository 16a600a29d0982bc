using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class OtlpConfigurationExtensions
{
    /// <summary>Gives the resource the OTEL_ variables that send its telemetry to the dashboard. Projects have it anyway.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment
        => builder.WithAnnotation(new OtlpExporterAnnotation(), ResourceAnnotationMutationBehavior.Replace);
}
