// A new class CorsConfig.java beside the application class, with the same package line:
import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

@Configuration
public class CorsConfig {

    @Bean
    UrlBasedCorsConfigurationSource corsConfigurationSource() {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(List.of("«origin»"));
        // Spring refuses each cross-origin call with a method that is missing here, also a plain GET.
«?simple»        cors.setAllowedMethods(List.of("GET", "HEAD", "POST"));
«!simple»        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "«method»"));
«?headers»        cors.setAllowedHeaders(List.of(«headers/"%"»));
«?exposed»        cors.setExposedHeaders(List.of(«exposed/"%"»));
«?credentials»        cors.setAllowCredentials(true);
«?maxage»        cors.setMaxAge(«maxage»L);

        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", cors);
        return source;
    }
}

// In the SecurityFilterChain bean, before return http.build():
http.cors(org.springframework.security.config.Customizer.withDefaults());
