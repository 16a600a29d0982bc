using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Waybill.ServiceDefaults.Authentication;

/// <summary>Reads the keys from the configuration and names every setting that is wrong.</summary>
internal static class ApiKeyConfiguration
{
    /// <exception cref="OptionsValidationException">Something is out of range or missing.</exception>
    /// <exception cref="InvalidOperationException">A value is not of its type.</exception>
    public static ApiKeyOptions Read(IConfigurationSection section)
    {
        var options = section.Get<ApiKeyOptions>() ?? new ApiKeyOptions();
        var errors = Errors(options, section.Path).Concat(options.Keys.Index().SelectMany(key => Errors(key.Item, $"{section.Path}:Keys:{key.Index} ('{key.Item.Name}')"))).ToArray();

        return errors.Length == 0 ? options : throw new OptionsValidationException(section.Path, typeof(ApiKeyOptions), errors);
    }

    private static IEnumerable<string> Errors(object settings, string path)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true);

        return results.Select(result => $"{path}: {result.ErrorMessage}");
    }
}
